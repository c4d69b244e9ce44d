using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BookingFunctions.Activities;
using BookingFunctions.Local;
using BookingFunctions.Storage;
using BookingFunctions.Tests.EndToEnd;
using BookingFunctions.Tests.Local;
using BookingFunctions.Tests.Travel.Suppliers;
using BookingFunctions.Travel;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Listing;
using LocalFunctionsHost.Functions;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Grpc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace BookingFunctions.Tests.Telemetry;

/// <summary>
/// No key, name or whole instance id is in anything that a host exports, though the settings ask for all that is logged.
/// </summary>
[Collection(ProcessTelemetry.Name)]
public sealed class PrivacyTests
{
    private const string Key = "sesame-0123456789";
    private const string WrongKey = "burglar-0123456789";
    private const string WebhookKey = "webhook-0123456789";
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Name = "Telltale Quill";

    private static readonly string[] Secrets = [Key, WrongKey, WebhookKey, "Telltale", "Quill"];

    private static readonly string[] AllLevels =
    [
        "--Logging:Console:LogLevel:Default=None",
        .. new[]
            {
                "Default", "BookingFunctions", "DurableTask", "DurableTask.Core", "LocalFunctionsHost", "Microsoft",
                "Microsoft.AspNetCore", "Polly", "System",
            }
            .Select(category => $"--Logging:LogLevel:{category}=Trace"),
    ];

    [Fact]
    public async Task Local_host_exports_no_key_name_or_whole_id()
    {
        using var data = new DataFile();
        await using var supplier = await TestSupplier.StartAsync();
        var exports = new Exports();

        // Without an endpoint nothing is collected. Nothing listens at this one.
        Environment.SetEnvironmentVariable(Endpoint, "http://127.0.0.1:9");
        var builder = LocalApplication.CreateBuilder(
        [
            .. AllLevels, "--urls=http://127.0.0.1:0", $"--data={data.Path}", $"--Keys:Master={Key}",
            $"--Providers:Car:BaseAddress={supplier.Address}", $"--Notify:Url={supplier.Address}/tell?code={WebhookKey}",
            "--Saga:UndoAttempts=1",
        ]);
        Environment.SetEnvironmentVariable(Endpoint, null);
        exports.AddTo(builder.Services);
        string id;
        await using (var app = builder.Build())
        {
            await app.StartAsync();
            using var http = new HttpClient { BaseAddress = new Uri(app.Url) };
            using var order = await SendAsync(
                http,
                HttpMethod.Post,
                $"api/trips?code={Key}",
                body: new { name = Name, car = "Ford", hotel = "Stuck Inn", flight = "Invalid 1" });
            Assert.Equal(HttpStatusCode.Accepted, order.StatusCode);
            id = (await order.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
            Assert.StartsWith("telltale-quill-", id, StringComparison.Ordinal);
            await Waiting.UntilAsync(
                () => exports.Logs.Any(log => log.FormattedMessage?.Contains("needs attention", StringComparison.Ordinal) == true),
                () => Describe(exports));
            foreach (var (path, status) in new[]
            {
                ($"api/trips/{id}", 200), ($"api/trips?name={Uri.EscapeDataString(Name)}", 200), ($"api/trips/{id}/nowhere", 404),
                ($"trips/{id}", 200), ($"runtime/webhooks/durabletask/instances/{id}", 202), ($"runtime/webhooks/durabletask/{id}", 404),
            })
            {
                var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
                using var byQuery = await SendAsync(http, HttpMethod.Get, $"{path}{separator}code={Key}");
                using var byHeader = await SendAsync(http, HttpMethod.Get, path, Key);
                Assert.Equal((path, status, status), (path, (int)byQuery.StatusCode, (int)byHeader.StatusCode));
            }

            using var refused = await SendAsync(http, HttpMethod.Get, $"api/trips/{id}?code={WrongKey}");
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            using var cancelled = await SendAsync(http, HttpMethod.Post, $"api/trips/{id}/cancel", Key, new { reason = $"{Name} is ill" });
            using var decided = await SendAsync(http, HttpMethod.Post, $"api/trips/{id}/legs/hotel/undo", Key, new { action = "skip" });
            Assert.Equal(HttpStatusCode.Accepted, decided.StatusCode);
            await Waiting.UntilAsync(
                () => exports.Spans.Any(span => span.DisplayName.StartsWith("orchestration:BookTrip@", StringComparison.Ordinal)),
                () => Describe(exports));
            app.Services.GetRequiredService<MeterProvider>().ForceFlush();
            await app.StopAsync();
        }

        AssertNoSecret(exports);
        var alarm = $"The trip {TripId.InLogs(id)} needs attention. ";
        Assert.Contains(exports.Logs, log => log.FormattedMessage?.StartsWith(alarm, StringComparison.Ordinal) == true);
        Assert.Contains(exports.Spans, span => span.GetTagItem("url.path") is "/api/trips/{id}");
        Assert.Contains(exports.Spans, span => span.GetTagItem("url.full") is string address && address == supplier.Address);
        Assert.Contains(exports.Spans, span => span.GetTagItem("durabletask.task.instance_id") as string == TripId.InLogs(id));
    }

    [Fact]
    public async Task Worker_of_the_Azure_host_exports_no_key_name_or_whole_id()
    {
        Environment.SetEnvironmentVariable("FUNCTIONS_APPLICATION_DIRECTORY", AppContext.BaseDirectory);
        await using var stores = new TripStores();
        await using var supplier = await TestSupplier.StartAsync();
        var exports = new Exports();
        var builder = AzureWorker.CreateBuilder(
        [
            .. AllLevels, "--AzureWebJobsStorage=UseDevelopmentStorage=true",
            $"--Providers:Car:BaseAddress={supplier.Address}",
        ]);
        builder.Services.AddSingleton<ITripDirectory>(stores.Directory);
        builder.Services.AddSingleton<IReservationStore>(stores.Reservations);
        exports.AddTo(builder.Services);

        // There is no Functions host to connect to: the test calls the worker as that would.
        builder.Services.Remove(builder.Services.Single(service => service.ImplementationType?.Name == "WorkerHostedService"));
        var id = TripId.Create(Name);
        builder.UseMiddleware((context, _) => FailAsync(context, id));
        using var host = builder.Build();
        await host.StartAsync();

        var address = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        using var byQuery = await SendAsync(http, HttpMethod.Post, $"api/trips/{id}?code={Key}&name={Name}");
        using var byHeader = await SendAsync(http, HttpMethod.Get, $"api/trips/{id}", Key);
        await InvokeAsync(host.Services);
        Assert.True(host.Services.GetRequiredService<MeterProvider>().ForceFlush());
        await host.StopAsync();

        AssertNoSecret(exports);
        var failure = Assert
            .Single(exports.Logs, log => log.FormattedMessage?.EndsWith("thrown by the invocation.", StringComparison.Ordinal) == true)
            .Attributes!.ToDictionary(attribute => attribute.Key, attribute => $"{attribute.Value}");
        Assert.Equal("System.InvalidOperationException", failure["exception.type"]);
        Assert.Contains(nameof(FailAsync), failure["exception.stacktrace"], StringComparison.Ordinal);
        Assert.Contains(exports.Spans, span => span is
        {
            Source.Name: "Microsoft.Azure.Functions.Worker",
            Status: ActivityStatusCode.Error,
            StatusDescription: null,
        });
        Assert.Contains(
            exports.Spans, span => span.DisplayName == "book car" && span.GetTagItem("trips.id") as string == TripId.InLogs(id));
        Assert.Contains(exports.Spans, span => span.GetTagItem("url.full") is string to && to == supplier.Address);
    }

    // What a function does that has much to tell: it starts an orchestration, which is logged, books at a supplier, and fails.
    private static async Task FailAsync(FunctionContext context, string id)
    {
        var services = context.InstanceServices;
        await using var client = new GrpcDurableTaskClient(
            "test",
            new GrpcDurableTaskClientOptions { Address = "http://127.0.0.1:9" },
            services.GetRequiredService<ILogger<GrpcDurableTaskClient>>());
        var options = new StartOrchestrationOptions { InstanceId = id };
        await Assert.ThrowsAnyAsync<Exception>(() => client.ScheduleNewOrchestrationInstanceAsync("BookTrip", null, options));
        var legs = ActivatorUtilities.CreateInstance<LegActivities>(services);
        await legs.BookCar(Booking.Of(id, Leg.Car, new(Name, "Ford", "Hilton", "Alaska")), CancellationToken.None);
        throw new InvalidOperationException($"{Name} can't book {id}", new InvalidOperationException(Key));
    }

    private static async Task InvokeAsync(IServiceProvider services)
    {
        var type = typeof(FunctionContext).Assembly.GetType("Microsoft.Azure.Functions.Worker.IFunctionsApplication")!;
        var function = new FunctionMethod(nameof(LegActivities.BookCar), typeof(LegActivities).GetMethod(nameof(LegActivities.BookCar))!);
        await using var scope = services.CreateAsyncScope();
        var context = new LocalFunctionContext(function, scope.ServiceProvider, CancellationToken.None);
        var invocation = (Task)type.GetMethod("InvokeFunctionAsync")!.Invoke(services.GetRequiredService(type), [context])!;
        await Assert.ThrowsAsync<InvalidOperationException>(() => invocation);
    }

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient http, HttpMethod method, string path, string? key = null, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (key is not null)
        {
            request.Headers.Add("x-functions-key", key);
        }

        return await http.SendAsync(request);
    }

    private static string Describe(Exports exports) => string.Join('\n', exports.Texts);

    private static void AssertNoSecret(Exports exports)
    {
        Assert.NotEmpty(exports.Metrics);
        Assert.Empty(exports.Texts
            .Where(text => Secrets.Any(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase)))
            .Distinct());
    }
}
