using BookingFunctions;
using BookingFunctions.Local.Storage;
using BookingFunctions.Saga;
using BookingFunctions.Storage;
using LocalRuntime.Hosting;
using Microsoft.Extensions.DependencyInjection;

var builder = LocalFunctionsHost.CreateBuilder(args, typeof(BookTrip).Assembly);
builder.Services.AddBookingFunctions(builder.Configuration);
builder.Services.AddSingleton<IReservationStore, SqliteReservationStore>();
return await builder.RunAsync();
