using BookingFunctions;
using BookingFunctions.Http;
using BookingFunctions.Storage;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddBookingFunctions(builder.Configuration);
builder.Services.AddTableStores(builder.Configuration);

// A function that runs into its timeout, of 30 minutes by default, takes its process and all that runs there with it.
builder.Services.PostConfigure<EventStreamOptions>(events => events.MaxDuration ??= TimeSpan.FromMinutes(20));
await builder.Build().RunAsync();
