using System.Text.Json;
using BookingFunctions.Http;
using BookingFunctions.Saga;
using DurableTask.Core.Exceptions;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BookingFunctions.Tests.Http;

public sealed class StartTripTests
{
    private const string Alice = """{"name":"Alice Jones","car":"Ford 150","hotel":"Hilton 123","flight":"Alaska Airlines 123","attempts":7}""";

    private readonly FakeTimeProvider clock = new();

    [Fact]
    public async Task A_start_is_answered_with_where_the_trip_is_and_how_to_manage_it()
    {
        var client = new StubClient(_ => { });

        var (response, body) = await PostAsync(client);

        var (orchestrator, input, options) = Assert.Single(client.Starts);
        Assert.Equal((nameof(BookTrip), new SagaOptions().Booking(7)), (orchestrator.Name, Assert.IsType<TripPlan>(input).Booking));
        var id = options!.InstanceId!;
        Assert.Equal(
            (202, $"https://trips.example:8443/api/trips/{id}", "1"),
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
    public async Task An_id_that_is_taken_is_replaced_by_another()
    {
        var refusals = 2;
        var client = new StubClient(id =>
        {
            if (refusals-- > 0)
            {
                throw new OrchestrationAlreadyExistsException(id);
            }
        });

        var (response, body) = await PostAsync(client);

        Assert.Equal(202, response.StatusCode);
        Assert.Equal(3, client.Starts.Select(start => start.Options!.InstanceId).Distinct().Count());
        Assert.Equal(client.Starts[^1].Options!.InstanceId, body.GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_store_that_has_every_id_is_an_error_and_no_endless_loop()
    {
        var client = new StubClient(id => throw new OrchestrationAlreadyExistsException(id));

        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => PostAsync(client));

        Assert.Equal(5, client.Starts.Count);
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

    private async Task<(HttpResponse Response, JsonElement Body)> PostAsync(DurableTaskClient client, string? prefer = null, string body = Alice)
    {
        using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var http = new DefaultHttpContext { RequestServices = services };
        http.Request.ContentType = "application/json";
        http.Request.Body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(body));
        http.Request.Headers["Prefer"] = prefer;
        using var written = new MemoryStream();
        http.Response.Body = written;
        var function = new StartTrip(new TripOrderReader(new TripBodyValidator()), Options.Create(new SagaOptions()), clock);

        var result = await function.RunAsync(http.Request, client, CancellationToken.None);
        await result.ExecuteAsync(http);

        return (http.Response, JsonElement.Parse(written.ToArray()));
    }
}
