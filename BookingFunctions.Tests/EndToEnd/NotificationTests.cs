using System.Collections.Concurrent;
using System.Text.Json;
using BookingFunctions.Local.Storage;
using BookingFunctions.Tests.Backends;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>What travelers are told, and what a trip shows of that.</summary>
public sealed class NotificationTests
{
    [Fact]
    public async Task Without_an_address_the_messages_are_kept_in_the_outbox()
    {
        using var data = new DataFile();
        string id;
        await using (var app = await LocalApp.StartAsync(data))
        {
            var trip = await app.BookAsync(new TripRequest());
            id = trip.Id;
            Assert.Equal(("Sent", null), (trip.Notification!.State, trip.Notification.Error));
            await app.CancelAsync(id);
            await app.UntilAsync(id, trip => trip is { Status: "Cancelled", Notification.State: "Sent" });
            await app.StopAsync();
        }

        await using var database = data.Open();
        var outbox = new SqliteOutbox(database);
        var confirmed = await outbox.FindAsync($"{id}-confirmed", CancellationToken.None);
        var cancelled = await outbox.FindAsync($"{id}-cancelled", CancellationToken.None);
        Assert.Equal("Confirmed", JsonElement.Parse(confirmed!.Body).GetProperty("status").GetString());
        Assert.Equal("Cancelled", JsonElement.Parse(cancelled!.Body).GetProperty("status").GetString());
    }

    [Fact]
    public async Task With_an_address_each_message_is_posted_until_it_is_taken()
    {
        using var data = new DataFile();
        var posts = new ConcurrentQueue<(string Key, string Body)>();
        await using var operators = await ListenAsync(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            posts.Enqueue((http.Request.Headers["Idempotency-Key"].ToString(), await reader.ReadToEndAsync()));
            http.Response.StatusCode = posts.Count < 3 ? 503 : 204;
        });
        await using var app = await LocalApp.StartAsync(data, ("Notify__Url", operators.Urls.Single()));

        var trip = await app.BookAsync(new TripRequest());
        trip = await app.UntilAsync(trip.Id, now => now.Notification is { State: not "Pending" });

        Assert.Equal(("Confirmed", "Sent"), (trip.Status, trip.Notification!.State));
        Assert.Equal(3, posts.Count);
        Assert.All(posts, post => Assert.Equal(
            ($"{trip.Id}-confirmed", trip.Id), (post.Key, JsonElement.Parse(post.Body).GetProperty("id").GetString())));
    }

    [Fact]
    public async Task A_message_that_is_refused_changes_nothing_but_the_notification()
    {
        using var data = new DataFile();
        var posts = 0;
        await using var operators = await ListenAsync(http =>
        {
            Interlocked.Increment(ref posts);
            http.Response.StatusCode = 422;
            return Task.CompletedTask;
        });
        await using var app = await LocalApp.StartAsync(data, ("Notify__Url", operators.Urls.Single()));

        var trip = await app.BookAsync(new TripRequest());
        trip = await app.UntilAsync(trip.Id, now => now.Notification is { State: not "Pending" });

        Assert.Equal(("Confirmed", "Failed", 1), (trip.Status, trip.Notification!.State, posts));
        Assert.Contains("422", trip.Notification.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_is_answered_while_the_notification_service_is_silent_and_its_answer_outlives_the_orchestration()
    {
        using var data = new DataFile();
        using var answer = new SemaphoreSlim(0);
        await using var operators = await ListenAsync(http => answer.WaitAsync(http.RequestAborted));
        await using var app = await LocalApp.StartAsync(data, ("Notify__Url", operators.Urls.Single()));

        var trip = await app.UntilAsync(await app.StartTripAsync(new TripRequest()), now => now.HasEnded);
        answer.Release(100);
        var notified = await app.UntilAsync(trip.Id, now => now.Notification?.State == "Sent");
        await TestHub.UntilAsync(async () =>
            (await app.Http.DeleteAsync($"runtime/webhooks/durabletask/instances/{trip.Id}")).IsSuccessStatusCode);
        var purged = await app.GetTripAsync(trip.Id);

        Assert.Equal(("Confirmed", "Pending"), (trip.Status, trip.Notification!.State));
        Assert.Equal("Confirmed", notified.Status);
        Assert.Equal(("Confirmed", "Sent"), (purged.Status, purged.Notification!.State));
    }

    private static async Task<WebApplication> ListenAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return app;
    }
}
