using System.Text.Json;
using BookingFunctions.Trips.Listing;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace BookingFunctions.Trips.Starting;

/// <summary>
/// Starts trips: first the row in the directory, which decides about ids and keys, then the orchestration. What a crash has
/// left between both is started later, by the <see cref="Sweeper"/>.
/// </summary>
/// <param name="directory">The directory.</param>
/// <param name="options">How legs are retried, which travels with the trip.</param>
/// <param name="clock">Says when a trip was asked for.</param>
/// <param name="telemetry">Told of starts.</param>
/// <param name="oneStep">Writes row and start at once; null where different stores keep them.</param>
public sealed class TripStarter(
    ITripDirectory directory,
    IOptions<SagaOptions> options,
    TimeProvider clock,
    TripTelemetry telemetry,
    IOneStepStart? oneStep = null)
{
    private const int IdTries = 5;

    // Whatever has the id keeps it: without these, a finished instance would be replaced.
    private static readonly OrchestrationRuntimeStatus[] Taken =
    [
        OrchestrationRuntimeStatus.Pending,
        OrchestrationRuntimeStatus.Running,
        OrchestrationRuntimeStatus.Suspended,
        OrchestrationRuntimeStatus.Completed,
        OrchestrationRuntimeStatus.Failed,
        OrchestrationRuntimeStatus.Terminated,
    ];

    /// <summary>Makes an id of a traveler's name.</summary>
    public Func<string, string> NewId { get; init; } = TripId.Create;

    /// <summary>Starts a trip, or finds the one that was started with the same key.</summary>
    /// <param name="client">Starts orchestrations.</param>
    /// <param name="order">What to book.</param>
    /// <param name="key">The idempotency key; null for none.</param>
    /// <param name="cancellation">Ends the wait; the trip may be started all the same.</param>
    /// <returns>
    /// The trip's row as it was found, which doesn't say that it is started if this call has done that; null if the key was used for
    /// another order.
    /// </returns>
    public async Task<TripEntry?> StartAsync(DurableTaskClient client, TripOrder order, string? key, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(order);
        if (key is null)
        {
            return await AddAsync(client, order, cancellation);
        }

        var entry = await ClaimAsync(order, key, cancellation);
        if (entry is not null)
        {
            await EnsureStartedAsync(client, entry, cancellation);
        }

        return entry;
    }

    /// <summary>Starts the orchestration of a row, unless that was done.</summary>
    /// <param name="client">Starts orchestrations.</param>
    /// <param name="entry">The row.</param>
    /// <param name="cancellation">Ends the wait; the trip may be started all the same.</param>
    public async Task EnsureStartedAsync(DurableTaskClient client, TripEntry entry, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.IsStarted)
        {
            return;
        }

        await ScheduleAsync(client, entry, cancellation);
        await directory.UpdateAsync(entry.Id, row => row.IsStarted ? row : row with { IsStarted = true }, cancellation);
    }

    private async Task<TripEntry> AddAsync(DurableTaskClient client, TripOrder order, CancellationToken cancellation)
    {
        for (var attempt = 1; attempt <= IdTries; attempt++)
        {
            var entry = NewEntry(NewId(order.Trip.Name), order);
            if (await TryAddAsync(client, entry, cancellation))
            {
                return entry;
            }
        }

        throw new InvalidOperationException($"{IdTries} ids in a row were taken, though they are random: does the directory work?");
    }

    private async Task<bool> TryAddAsync(DurableTaskClient client, TripEntry entry, CancellationToken cancellation)
    {
        if (oneStep is not null)
        {
            var isStarted = await oneStep.TryStartAsync(entry with { IsStarted = true }, ReadPlan(entry), cancellation);
            if (isStarted)
            {
                telemetry.Started();
            }

            return isStarted;
        }

        var there = await directory.AddAsync(entry, cancellation);
        if (there.Plan != entry.Plan || there.CreatedAt != entry.CreatedAt)
        {
            return false;
        }

        await EnsureStartedAsync(client, there, cancellation);
        return true;
    }

    private async Task ScheduleAsync(DurableTaskClient client, TripEntry entry, CancellationToken cancellation)
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                Orchestrators.BookTrip, ReadPlan(entry), new StartOrchestrationOptions(entry.Id).WithDedupeStatuses(Taken), cancellation);
            telemetry.Started();
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Someone else has started it, and may have been stopped before that was written down.
        }
    }

    private static TripPlan ReadPlan(TripEntry entry) => JsonSerializer.Deserialize<TripPlan>(entry.Plan)!;

    private async Task<TripEntry?> ClaimAsync(TripOrder order, string key, CancellationToken cancellation)
    {
        var claim = new KeyClaim(NewId(order.Trip.Name), options.Value.Attempts);
        var winner = await directory.ClaimAsync(KeyClaim.Hash(key), claim, cancellation);

        // By the default of then: spelled out, it is the same order, and a default that was changed since makes it no other.
        var meant = order with { Attempts = order.Attempts ?? winner.DefaultAttempts };
        var entry = await directory.AddAsync(NewEntry(winner.TripId, meant), cancellation);
        return TripOrder.Of(ReadPlan(entry)) == meant ? entry : null;
    }

    private TripEntry NewEntry(string id, TripOrder order)
    {
        var plan = new TripPlan(
            order.Trip, options.Value.Booking(order.Attempts), options.Value.Undo(), order.Parallel, order.DeadlineSeconds, TripTrace.Current);
        var now = clock.GetUtcNow();
        return new TripEntry
        {
            Id = id, Name = order.Trip.Name, CreatedAt = now, UpdatedAt = now, Plan = JsonSerializer.Serialize(plan),
        };
    }
}
