using BookingFunctions;
using BookingFunctions.Storage;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddBookingFunctions(builder.Configuration);
builder.Services.AddTableStores(builder.Configuration);
await builder.Build().RunAsync();
