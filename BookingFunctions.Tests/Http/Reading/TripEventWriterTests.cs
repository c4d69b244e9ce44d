using System.Text;
using BookingFunctions.Http.Reading;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Reading;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace BookingFunctions.Tests.Http.Reading;

public sealed class TripEventWriterTests : IDisposable
{
    private static readonly TripView Trip = new("alice-1", "Alice", TripState.Booking, null, default, default, []);

    private readonly FakeTimeProvider clock = new();
    private readonly MemoryStream written = new();
    private readonly CancellationTokenSource leaving = new();
    private TripView? now = Trip;
    private int reads;

    /// <inheritdoc/>
    public void Dispose()
    {
        written.Dispose();
        leaving.Dispose();
    }

    [Fact]
    public async Task A_trip_that_stays_as_it_is_is_read_ever_less_often_and_kept_alive_by_comments()
    {
        var stream = Start();

        Pass(TimeSpan.FromSeconds(1));
        var readsOfTheFirstSecond = reads;
        Pass(TimeSpan.FromSeconds(19));

        Assert.InRange(readsOfTheFirstSecond, 2, 10);
        Assert.InRange(reads - readsOfTheFirstSecond, 10, 25);
        Assert.Equal(1, Text.Split("\n\n").Count(block => block.StartsWith("data: ", StringComparison.Ordinal)));
        Assert.Contains("\n\n: ", Text, StringComparison.Ordinal);

        await LeaveAsync(stream);
    }

    [Fact]
    public async Task Only_what_has_changed_is_sent()
    {
        var stream = Start();
        now = Trip with { LastUpdatedAt = Trip.LastUpdatedAt.AddSeconds(1) };
        Pass(TimeSpan.FromSeconds(2));
        now = Trip with { Reason = "Suspended." };
        Pass(TimeSpan.FromSeconds(2));
        now = Trip with { Status = TripState.Cancelled };
        Pass(TimeSpan.FromSeconds(2));

        await stream;
        var blocks = Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, blocks.Length);
        Assert.Contains("Suspended.", blocks[1], StringComparison.Ordinal);
        Assert.StartsWith("id: Cancelled\ndata: {", blocks[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trip_that_is_gone_ends_the_stream()
    {
        var stream = Start();
        now = null;
        Pass(TimeSpan.FromSeconds(1));

        await stream;
    }

    private string Text => Encoding.UTF8.GetString(written.ToArray());

    private Task Start()
    {
        var http = new DefaultHttpContext();
        http.Response.Body = written;
        return AtOnce(() => new TripEventWriter(http.Response, clock).RunAsync(
            Trip,
            _ =>
            {
                reads++;
                return Task.FromResult(now);
            },
            leaving.Token));
    }

    // Without a context, whatever a timer sets off has happened when the clock has been advanced.
    private static T AtOnce<T>(Func<T> action)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return action();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private async Task LeaveAsync(Task stream)
    {
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stream);
    }

    private void Pass(TimeSpan time) => AtOnce(() =>
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromMilliseconds(50))
        {
            clock.Advance(TimeSpan.FromMilliseconds(50));
        }

        return true;
    });
}
