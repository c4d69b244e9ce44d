using BookingFunctions;
using BookingFunctions.Http;
using BookingFunctions.Local;
using BookingFunctions.Local.Storage;
using BookingFunctions.Local.WhatIf;
using BookingFunctions.Saga;
using LocalRuntime.Hosting;
using Microsoft.Extensions.DependencyInjection;

var builder = LocalFunctionsHost.CreateBuilder(args, typeof(BookTrip).Assembly);
builder.Services.AddBookingFunctions(builder.Configuration);
builder.Services.AddSqliteStores();
builder.Services.AddWhatIf(builder.Environment);
builder.Services.AddLocalTelemetry(builder.Configuration);
builder.Services.AddHostedService<UnstartedTrips>();
builder.InstanceNameInLogs = TripId.InLogs;
builder.TryIt =
    """
    open {url} in a browser, or: curl {url}/api/trips -H 'Content-Type: application/json' -H 'Prefer: wait=10' -d '{"name":"Alice Jones","car":"Ford 150","hotel":"Hilton 123","flight":"Alaska Airlines 123"}'
    """;
return await builder.RunAsync();
