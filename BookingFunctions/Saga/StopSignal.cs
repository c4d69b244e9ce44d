using System.Globalization;
using System.Text.Json;
using Microsoft.DurableTask;

namespace BookingFunctions.Saga;

/// <summary>What makes a trip give up: a cancellation, or its deadline.</summary>
public sealed class StopSignal : IDisposable
{
    /// <summary>The event that cancels a trip, such as <c>{"reason":"ill"}</c>.</summary>
    public const string EventName = nameof(CancelTrip);

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

    /// <summary>Books legs at once, until one fails or the trip is given up. Those that are still in flight then are left alone.</summary>
    /// <param name="bookings">Each books a leg.</param>
    /// <exception cref="TaskFailedException">A leg could not be booked.</exception>
    /// <exception cref="TripStoppedException">The trip is given up.</exception>
    public async Task UnlessStoppedAsync(params Func<Task>[] bookings)
    {
        ArgumentNullException.ThrowIfNull(bookings);
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

    /// <summary>Ends the deadline: the trip is decided.</summary>
    public void Dispose()
    {
        ended.Cancel();
        ended.Dispose();
    }

    private static async Task<string> WaitForCancellationAsync(TaskOrchestrationContext context)
    {
        // Whoever knows the trip's id can raise the event, with anything in it.
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

        var deadline = context.CreateTimer(TimeSpan.FromSeconds(seconds), ended.Token);
        return await Task.WhenAny(Cancelled, deadline) == Cancelled
            ? await Cancelled
            : string.Create(CultureInfo.InvariantCulture, $"Deadline: the trip was not booked within {seconds} s.");
    }
}
