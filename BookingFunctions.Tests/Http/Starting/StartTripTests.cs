using System.Text.Json;
using BookingFunctions.Activities;
using BookingFunctions.Http.Starting;
using BookingFunctions.Saga;
using BookingFunctions.Tests.Backends;
using BookingFunctions.Tests.Local;
using BookingFunctions.Tests.Telemetry;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Deciding;
using BookingFunctions.Trips.Listing;
using BookingFunctions.Trips.Reading;
using BookingFunctions.Trips.Starting;
using DurableTask.Core.Exceptions;
using LocalFunctionsHost.Client;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BookingFunctions.Tests.Http.Starting;

public sealed class StartTripTests : IAsyncLifetime
{
    private const string Alice =
        """{"name":"Alice Jones","car":"Ford 150","hotel":"Hilton 123","flight":"Alaska Airlines 123","attempts":7}""";

    private readonly FakeTimeProvider clock = new();
    private readonly TripStores stores = new();
    private readonly TripWaiters waiters = new();
    private readonly List<string> starts = [];
    private readonly SagaOptions options = new();
    private TripStarter? starter;
    private Sweeper? sweeper;

    [Fact]
    public async Task A_start_is_answered_with_where_the_trip_is_and_how_to_manage_it()
    {
        var client = new StubClient(_ => { });

        var (response, body) = await PostAsync(client);

        var (orchestrator, input, options) = Assert.Single(client.Starts);
        Assert.Equal((Orchestrators.BookTrip, new SagaOptions().Booking(7)), (orchestrator.Name, Assert.IsType<TripPlan>(input).Booking));
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
        TripRow? before = null;
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

    [Fact]
    public async Task A_key_stands_for_the_plan_that_was_made_however_its_attempts_were_asked_for()
    {
        var client = new StubClient(_ => { });
        var byDefault = Alice.Replace(",\"attempts\":7", "", StringComparison.Ordinal);
        string Spelled(int attempts) => Alice.Replace("7", $"{attempts}", StringComparison.Ordinal);

        async Task<string> AskAsync(string key, params string[] bodies)
        {
            var statuses = new List<int>();
            foreach (var body in bodies)
            {
                statuses.Add((await PostAsync(client, body: body, key: key)).Response.StatusCode);
            }

            return string.Join(' ', statuses);
        }

        Assert.Equal("202 202 422", await AskAsync("by default", byDefault, Spelled(10), Spelled(7)));
        Assert.Equal("202 202 422", await AskAsync("as the default", Spelled(10), byDefault, Spelled(7)));
        Assert.Equal("202 202 422", await AskAsync("otherwise", Spelled(7), Spelled(7), byDefault));
        options.Attempts = 5;
        starter = null;
        Assert.Equal("202 202 422", await AskAsync("by default", byDefault, Spelled(10), Spelled(5)));
        Assert.Equal("202 202 422", await AskAsync("as the default", byDefault, Spelled(10), Spelled(5)));
        Assert.Equal("202 422 422", await AskAsync("otherwise", Spelled(7), byDefault, Spelled(5)));
        Assert.Equal(3, client.Starts.Count);
    }

    [Fact]
    public async Task A_key_may_have_255_characters_of_any_script()
    {
        var (response, _) = await PostAsync(new StubClient(_ => { }), key: string.Concat(Enumerable.Repeat("🧳", 255)));

        Assert.Equal(202, response.StatusCode);
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
    [InlineData("wait=10", 10)]
    [InlineData("wait=1000", 60)]
    public async Task Who_waits_too_long_is_sent_away(string prefer, int seconds)
    {
        var answer = PostAsync(new StubClient(_ => { }), prefer);
        await WaitingAsync();
        clock.Advance(TimeSpan.FromSeconds(seconds - 0.1));
        Assert.False(answer.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));

        var (response, _) = await answer;
        Assert.Equal((202, $"wait={seconds}"), (response.StatusCode, response.Headers["Preference-Applied"].ToString()));
    }

    [Theory]
    [InlineData(TripState.Confirmed)]
    [InlineData(TripState.Cancelled)]
    public async Task Who_waits_is_answered_as_soon_as_this_process_has_written_the_decision(TripState state)
    {
        var answer = PostAsync(new StubClient(_ => { }), "wait=10");
        var id = await WaitingAsync();
        await RecordAsync(id, TripState.Booking);
        await RecordAsync(id, state);

        var (response, body) = await answer;
        Assert.Equal((200, "wait=10", $"{state}"), (
            response.StatusCode, response.Headers["Preference-Applied"].ToString(), body.GetProperty("status").GetString()));
        Assert.EndsWith($"/api/trips/{id}", response.Headers.Location.ToString(), StringComparison.Ordinal);
        Assert.False(waiters.Has(id));
    }

    [Fact]
    public async Task Who_waits_is_answered_with_what_another_process_has_decided()
    {
        var answer = PostAsync(new StubClient(_ => { }), "wait=60");
        var id = await WaitingAsync();
        await stores.Directory.UpdateAsync(id, row => row with { Status = TripState.Confirmed }, default);

        // It may be about to wait: each step lets it look once more at most.
        for (var step = 0; !answer.IsCompleted && step < 200; step++)
        {
            clock.Advance(DecisionWait.FirstInterval);
            await Task.Delay(5);
        }

        Assert.Equal(200, (await answer).Response.StatusCode);
    }

    [Fact]
    public async Task Who_asks_again_while_the_trip_is_being_cancelled_waits_for_that()
    {
        await PostAsync(new StubClient(_ => { }), key: "k 1");
        var id = starts[^1];
        await RecordAsync(id, TripState.Confirmed);
        var client = new StubClient(_ => { })
        {
            Canceller = new(Orchestrators.CancelTrip, Cancellation.IdOf(id)) { RuntimeStatus = OrchestrationRuntimeStatus.Running },
        };

        var answer = PostAsync(client, "wait=10", key: "k 1");
        await WaitingAsync();
        await RecordAsync(id, TripState.RollingBack);
        Assert.False(answer.IsCompleted);
        await RecordAsync(id, TripState.Cancelled);

        var (response, body) = await answer;
        Assert.Equal((200, "Cancelled"), (response.StatusCode, body.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Who_asks_again_after_the_decision_is_answered_at_once()
    {
        await PostAsync(new StubClient(_ => { }), key: "k 1");
        await RecordAsync(starts[^1], TripState.Confirmed);

        var (response, _) = await PostAsync(new StubClient(_ => { }), "wait=10", key: "k 1");

        Assert.Equal(200, response.StatusCode);
    }

    [Fact]
    public async Task Who_waits_while_the_host_stops_is_sent_away()
    {
        using var stopping = new CancellationTokenSource();
        var answer = PostAsync(new StubClient(_ => { }), "wait=10", cancellation: stopping.Token);
        await WaitingAsync();

        await stopping.CancelAsync();

        Assert.Equal(202, (await answer).Response.StatusCode);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await stores.DisposeAsync();

    // Waits until a request waits for the trip that was started last.
    private async Task<string> WaitingAsync()
    {
        await TestHub.UntilAsync(() => Task.FromResult(starts.Count > 0 && waiters.Has(starts[^1])));
        return starts[^1];
    }

    private async Task RecordAsync(string id, TripState state)
    {
        var recorder = new TripRecorder(stores.Directory, waiters, SilentTelemetry.Instance);
        await recorder.RecordAsync(
            id, TripStatus.New with { Status = state }, clock.GetUtcNow(), new StubClient(_ => { }), CancellationToken.None);

        // An activity's write is acknowledged before its commit, unless somebody waits.
        await stores.Database.WriteAsync(_ => { });
    }

    private async Task<(HttpResponse Response, JsonElement Body)> PostAsync(
        StubClient client, string? prefer = null, string body = Alice, string? key = null, CancellationToken cancellation = default)
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
        client.Started = id => starts.Add(id);
        var reader = new TripReader(stores.Directory, clock);
        var decider = new UndoDecider(stores.Decisions, reader);
        sweeper ??= new Sweeper(stores.Directory, stores.Decisions, starter, decider, clock, NullLogger<Sweeper>.Instance);
        var function = new StartTrip(
            new TripOrderReader(new TripBodyValidator()),
            starter,
            sweeper,
            new DecisionWait(stores.Directory, waiters, reader, clock),
            saga);

        var result = await function.RunAsync(
            http.Request,
            FunctionsClient.Wrap(client, "code=1&x=2", "https://trips.example:8443/runtime/webhooks/durabletask"),
            cancellation);
        await result.ExecuteAsync(http);

        return (http.Response, JsonElement.Parse(written.ToArray()));
    }
}
