using System.Text.Json;
using BookingFunctions.Http;
using BookingFunctions.Saga;
using BookingFunctions.Storage;
using BookingFunctions.Tests.Backends;
using BookingFunctions.Tests.Local;
using BookingFunctions.Tests.Telemetry;
using DurableTask.Core.Exceptions;
using LocalFunctionsHost.Client;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BookingFunctions.Tests.Http;

public sealed class StartTripTests : IAsyncLifetime
{
    private const string Alice = """{"name":"Alice Jones","car":"Ford 150","hotel":"Hilton 123","flight":"Alaska Airlines 123","attempts":7}""";

    private readonly FakeTimeProvider clock = new();
    private readonly TripStores stores = new();
    private readonly SagaOptions options = new();
    private TripStarter? starter;
    private Sweeper? sweeper;

    [Fact]
    public async Task A_start_is_answered_with_where_the_trip_is_and_how_to_manage_it()
    {
        var client = new StubClient(_ => { });

        var (response, body) = await PostAsync(client);

        var (orchestrator, input, options) = Assert.Single(client.Starts);
        Assert.Equal((nameof(BookTrip), new SagaOptions().Booking(7)), (orchestrator.Name, Assert.IsType<TripPlan>(input).Booking));
        var id = options!.InstanceId!;
        Assert.Equal(
            (202, $"/api/trips/{id}", "1"),
            (response.StatusCode, response.Headers.Location.ToString(), response.Headers.RetryAfter.ToString()));
        Assert.Equal(id, body.GetProperty("id").GetString());
        Assert.False(response.Headers.ContainsKey("Preference-Applied"));
    }

    [Fact]
    public async Task A_start_replaces_nothing_that_has_the_id()
    {
        var client = new StubClient(_ => { });

        await PostAsync(client);

        Assert.Equal(
            ["Completed", "Failed", "Pending", "Running", "Suspended", "Terminated"],
            Assert.Single(client.Starts).Options!.DedupeStatuses!.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_row_is_there_before_the_start_and_says_after_it_that_it_was_started()
    {
        TripEntry? before = null;
        var client = new StubClient(id => before = stores.Directory.FindAsync(id, CancellationToken.None).Result);

        var (_, body) = await PostAsync(client);

        Assert.Equal((false, "Alice Jones", TripState.Booking), (before!.IsStarted, before.Name, before.Status));
        Assert.True((await stores.Directory.FindAsync(body.GetProperty("id").GetString()!, CancellationToken.None))!.IsStarted);
    }

    [Fact]
    public async Task A_start_that_someone_else_was_quicker_with_is_one()
    {
        var client = new StubClient(id => throw new OrchestrationAlreadyExistsException(id));

        var (response, body) = await PostAsync(client);

        Assert.Equal(202, response.StatusCode);
        Assert.True((await stores.Directory.FindAsync(body.GetProperty("id").GetString()!, CancellationToken.None))!.IsStarted);
    }

    [Fact]
    public async Task A_start_that_failed_is_made_by_the_next_request_with_its_key()
    {
        await Assert.ThrowsAsync<IOException>(() => PostAsync(new StubClient(_ => throw new IOException("gone")), key: "k 1"));
        var client = new StubClient(_ => { });

        var (response, body) = await PostAsync(client, key: "k 1");

        Assert.Equal((202, Assert.Single(client.Starts).Options!.InstanceId), (response.StatusCode, body.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task A_start_that_failed_is_swept_a_minute_later_and_holds_up_no_other()
    {
        await Assert.ThrowsAsync<IOException>(() => PostAsync(new StubClient(_ => throw new IOException("gone"))));
        clock.Advance(TimeSpan.FromMinutes(2));
        var client = new StubClient(_ => { });

        await PostAsync(client);

        await TestHub.UntilAsync(() => Task.FromResult(client.Starts.Count == 2));
    }

    [Fact]
    public async Task A_start_that_failed_is_swept_by_the_first_request_after_a_restart()
    {
        await Assert.ThrowsAsync<IOException>(() => PostAsync(new StubClient(_ => throw new IOException("gone"))));
        clock.Advance(TimeSpan.FromMinutes(2));
        (starter, sweeper) = (null, null);
        var client = new StubClient(_ => { });

        await PostAsync(client);

        await TestHub.UntilAsync(() => Task.FromResult(client.Starts.Count == 2));
    }

    [Fact]
    public async Task A_key_stands_for_one_order_however_it_is_written()
    {
        var client = new StubClient(_ => { });

        var (_, first) = await PostAsync(client, key: "k 1");
        var (again, second) = await PostAsync(client, body: Alice.Replace(":7", ": 7.0", StringComparison.Ordinal), key: "k 1");
        var (other, problem) = await PostAsync(client, body: Alice.Replace(":7", ":8", StringComparison.Ordinal), key: "k 1");

        Assert.Equal((202, first.GetProperty("id").GetString()), (again.StatusCode, second.GetProperty("id").GetString()));
        Assert.Equal((422, "application/problem+json"), (other.StatusCode, other.ContentType));
        Assert.Contains("Idempotency-Key", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Single(client.Starts);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tab\tinside")]
    [InlineData("256")]
    public async Task A_key_that_is_none_is_refused(string key)
    {
        var client = new StubClient(_ => { });

        var (response, body) = await PostAsync(client, key: key == "256" ? new string('k', 256) : key);

        Assert.Equal(400, response.StatusCode);
        Assert.True(body.GetProperty("errors").TryGetProperty("Idempotency-Key", out _));
        Assert.Empty(client.Starts);
    }

    [Fact]
    public async Task The_answer_can_do_without_the_management_links()
    {
        options.ManagementLinks = false;

        var (response, body) = await PostAsync(new StubClient(_ => { }));

        Assert.Equal(202, response.StatusCode);
        Assert.Equal("id", Assert.Single(body.EnumerateObject()).Name);
        Assert.EndsWith($"/api/trips/{body.GetProperty("id").GetString()}", response.Headers.Location.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_started_for_a_bad_order()
    {
        var client = new StubClient(_ => { });

        var (response, body) = await PostAsync(client, body: "{}");

        Assert.Equal((400, "application/problem+json"), (response.StatusCode, response.ContentType));
        Assert.Equal(4, body.GetProperty("errors").EnumerateObject().Count());
        Assert.Empty(client.Starts);
    }

    [Theory]
    [InlineData(TripState.Confirmed, 200)]
    [InlineData(TripState.Cancelled, 200)]
    [InlineData(TripState.Booking, 202)]
    public async Task Who_waits_is_answered_with_the_trip_if_it_is_decided(TripState state, int status)
    {
        var client = new StubClient(_ => { }, (id, _) => Task.FromResult(new OrchestrationMetadata(nameof(BookTrip), id)
        {
            RuntimeStatus = state == TripState.Booking ? OrchestrationRuntimeStatus.Terminated : OrchestrationRuntimeStatus.Completed,
            SerializedCustomStatus = JsonSerializer.Serialize(TripStatus.New with { Status = state }),
        }));

        var (response, body) = await PostAsync(client, "wait=10");

        Assert.Equal((status, "wait=10"), (response.StatusCode, response.Headers["Preference-Applied"].ToString()));
        Assert.Equal(status == 200, body.TryGetProperty("status", out var shown) && shown.GetString() == $"{state}");
        Assert.EndsWith($"/api/trips/{body.GetProperty("id").GetString()}", response.Headers.Location.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wait=10", 10)]
    [InlineData("wait=1000", 60)]
    public async Task Who_waits_too_long_is_sent_away(string prefer, int seconds)
    {
        var waiting = new TaskCompletionSource();
        var client = new StubClient(_ => { }, async (_, cancellation) =>
        {
            waiting.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            throw new InvalidOperationException("The wait had no end.");
        });

        var answer = PostAsync(client, prefer);
        await waiting.Task;
        clock.Advance(TimeSpan.FromSeconds(seconds - 0.1));
        Assert.False(answer.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));

        var (response, _) = await answer;
        Assert.Equal((202, $"wait={seconds}"), (response.StatusCode, response.Headers["Preference-Applied"].ToString()));
    }

    [Fact]
    public async Task Who_waits_while_the_host_stops_is_sent_away()
    {
        var client = new StubClient(_ => { }, (_, _) => throw new OperationCanceledException());

        var (response, _) = await PostAsync(client, "wait=10");

        Assert.Equal(202, response.StatusCode);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await stores.DisposeAsync();

    private async Task<(HttpResponse Response, JsonElement Body)> PostAsync(
        DurableTaskClient client, string? prefer = null, string body = Alice, string? key = null)
    {
        using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var http = new DefaultHttpContext { RequestServices = services };
        http.Request.ContentType = "application/json";
        http.Request.Body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(body));
        http.Request.Headers["Prefer"] = prefer;
        if (key is not null)
        {
            http.Request.Headers[IdempotencyKey.Header] = key;
        }

        using var written = new MemoryStream();
        http.Response.Body = written;
        var saga = Options.Create(options);
        starter ??= new TripStarter(stores.Directory, saga, clock, SilentTelemetry.Instance);
        var reader = new TripReader(stores.Directory, clock);
        sweeper ??= new Sweeper(stores.Directory, stores.Decisions, starter, new UndoDecider(stores.Decisions, reader), clock, NullLogger<Sweeper>.Instance);
        var function = new StartTrip(new TripOrderReader(new TripBodyValidator()), starter, sweeper, reader, saga, clock);

        var result = await function.RunAsync(
            http.Request, FunctionsClient.Wrap(client, "code=1&x=2", "https://trips.example:8443/runtime/webhooks/durabletask"), CancellationToken.None);
        await result.ExecuteAsync(http);

        return (http.Response, JsonElement.Parse(written.ToArray()));
    }
}
