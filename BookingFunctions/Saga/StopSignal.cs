using System.Globalization;
using System.Text.Json;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Deciding;
using Microsoft.DurableTask;

namespace BookingFunctions.Saga;

/// <summary>What makes a trip give up: a cancellation, or its deadline.</summary>
public sealed class StopSignal : IDisposable
{
    /// <summary>The event that cancels a trip, such as <c>{"reason":"ill"}</c>.</summary>
    public const string EventName = Orchestrators.CancelTrip;

    // Azure Storage cuts a timer's wait down to whole seconds: one that came early is followed by one that can't.
    private static readonly TimeSpan LargestAdvance = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource ended = new();
    private readonly Task<string> stopped;

    /// <summary>Begins to listen.</summary>
    /// <param name="context">The trip's orchestration.</param>
    /// <param name="deadlineSeconds">When the trip is given up at the latest, from now; null for never.</param>
    public StopSignal(TaskOrchestrationContext context, int? deadlineSeconds)
    {
        ArgumentNullException.ThrowIfNull(context);
        Cancelled = WaitForCancellationAsync(context);
        stopped = WaitAsync(context, deadlineSeconds);
    }

    /// <summary>Completes with the reason when the trip is cancelled.</summary>
    public Task<string> Cancelled { get; }

    /// <summary>Fires when no booking is waited for any more: none is to be tried again.</summary>
    public CancellationToken Ended => ended.Token;

    /// <summary>Books legs at once, until one fails or the trip is given up. Those that are still in flight then are left alone.</summary>
    /// <param name="bookings">Each books a leg.</param>
    /// <exception cref="TaskFailedException">A leg could not be booked.</exception>
    /// <exception cref="TripStoppedException">The trip is given up.</exception>
    public async Task UnlessStoppedAsync(params Func<Task>[] bookings)
    {
        ArgumentNullException.ThrowIfNull(bookings);
        try
        {
            var open = stopped.IsCompleted ? [] : bookings.Select(book => book()).ToList();
            do
            {
                var next = await Task.WhenAny([stopped, .. open]);
                if (next == stopped)
                {
                    throw new TripStoppedException(await stopped);
                }

                await next;
                open.Remove(next);
            }
            while (open.Count > 0);
        }
        catch
        {
            ended.Cancel();
            throw;
        }
    }

    /// <summary>Ends the deadline too: an instance completes once no timer of its is open.</summary>
    public void Dispose()
    {
        ended.Cancel();
        ended.Dispose();
    }

    private static async Task<string> WaitForCancellationAsync(TaskOrchestrationContext context)
    {
        // Any client of the management API can raise the event, with any payload.
        var payload = await context.WaitForExternalEvent<JsonElement?>(EventName);
        return payload is { ValueKind: JsonValueKind.Object } request
            && request.TryGetProperty("reason", out var reason) && reason.ValueKind == JsonValueKind.String
                ? Cancellation.Describe(reason.GetString())
                : Cancellation.Describe(null);
    }

    private async Task<string> WaitAsync(TaskOrchestrationContext context, int? deadlineSeconds)
    {
        if (deadlineSeconds is not { } seconds)
        {
            return await Cancelled;
        }

        var deadline = context.CurrentUtcDateTime.AddSeconds(seconds);
        for (var due = deadline; context.CurrentUtcDateTime < deadline; due = deadline + LargestAdvance)
        {
            var timer = context.CreateTimer(due, ended.Token);
            if (await Task.WhenAny(Cancelled, timer) == Cancelled)
            {
                return await Cancelled;
            }

            await timer;
        }

        return string.Create(CultureInfo.InvariantCulture, $"Deadline: the trip was not booked within {seconds} s.");
    }
}
