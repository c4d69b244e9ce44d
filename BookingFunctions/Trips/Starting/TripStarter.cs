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
/// <param name="clock">Says when a trip was requested.</param>
/// <param name="telemetry">Counts starts.</param>
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
    /// <param name="starting">Called with the trip's id before it is started; null for nothing to be called.</param>
    /// <param name="cancellation">Ends the wait; the trip may be started all the same.</param>
    /// <returns>
    /// The trip's row as it was found, which doesn't say that it is started if this call has done that; null if the key was used for
    /// another order.
    /// </returns>
    public async Task<TripRow?> StartAsync(
        DurableTaskClient client, TripOrder order, string? key, Action<string>? starting, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(order);
        return key is null
            ? await AddAsync(client, order, starting, cancellation)
            : await AddAsync(client, order, key, starting, cancellation);
    }

    /// <summary>Starts the orchestration of a row, unless that was done.</summary>
    /// <param name="client">Starts orchestrations.</param>
    /// <param name="row">The row.</param>
    /// <param name="cancellation">Ends the wait; the trip may be started all the same.</param>
    public async Task EnsureStartedAsync(DurableTaskClient client, TripRow row, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(row);
        if (!row.IsStarted)
        {
            await StartAsync(client, row.Id, ReadPlan(row), cancellation);
        }
    }

    private async Task StartAsync(DurableTaskClient client, string id, TripPlan plan, CancellationToken cancellation)
    {
        await ScheduleAsync(client, id, plan, cancellation);
        await directory.UpdateAsync(id, now => now.IsStarted ? now : now with { IsStarted = true }, cancellation);
    }

    private async Task<TripRow> AddAsync(
        DurableTaskClient client, TripOrder order, Action<string>? starting, CancellationToken cancellation)
    {
        var plan = NewPlan(order);
        for (var attempt = 1; attempt <= IdTries; attempt++)
        {
            var row = NewRow(NewId(order.Trip.Name), plan);
            starting?.Invoke(row.Id);
            if (await TryAddAsync(client, row, plan, cancellation))
            {
                return row;
            }
        }

        throw new InvalidOperationException($"{IdTries} ids in a row were taken, though they are random: does the directory work?");
    }

    private async Task<bool> TryAddAsync(DurableTaskClient client, TripRow row, TripPlan plan, CancellationToken cancellation)
    {
        if (oneStep is not null)
        {
            var isStarted = await oneStep.TryStartAsync(row with { IsStarted = true }, plan, cancellation);
            if (isStarted)
            {
                telemetry.Started();
            }

            return isStarted;
        }

        var there = await directory.AddAsync(row, cancellation);
        if (there.Plan != row.Plan || there.CreatedAt != row.CreatedAt)
        {
            return false;
        }

        await StartAsync(client, there.Id, plan, cancellation);
        return true;
    }

    private async Task ScheduleAsync(DurableTaskClient client, string id, TripPlan plan, CancellationToken cancellation)
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                Orchestrators.BookTrip, plan, new StartOrchestrationOptions(id).WithDedupeStatuses(Taken), cancellation);
            telemetry.Started();
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Someone else has started it, and may have been stopped before that was written down.
        }
    }

    private static TripPlan ReadPlan(TripRow row) => JsonSerializer.Deserialize<TripPlan>(row.Plan)!;

    private async Task<TripRow?> AddAsync(
        DurableTaskClient client, TripOrder order, string key, Action<string>? starting, CancellationToken cancellation)
    {
        var claim = new KeyClaim(NewId(order.Trip.Name), options.Value.Attempts);
        var winner = await directory.ClaimAsync(KeyClaim.Hash(key), claim, cancellation);

        // By the default of then: spelled out, it is the same order, and a default that was changed since makes it no other.
        var meant = order with { Attempts = order.Attempts ?? winner.DefaultAttempts };
        var plan = NewPlan(meant);
        var row = NewRow(winner.TripId, plan);
        var there = await directory.AddAsync(row, cancellation);
        if (there.Plan != row.Plan)
        {
            plan = ReadPlan(there);
            if (TripOrder.Of(plan) != meant)
            {
                return null;
            }
        }

        if (!there.IsStarted)
        {
            starting?.Invoke(there.Id);
            await StartAsync(client, there.Id, plan, cancellation);
        }

        return there;
    }

    private TripPlan NewPlan(TripOrder order) => new(
        order.Trip, options.Value.Booking(order.Attempts), options.Value.Undo(), order.Parallel, order.DeadlineSeconds, TripTrace.Current);

    private TripRow NewRow(string id, TripPlan plan)
    {
        var now = clock.GetUtcNow();
        return new TripRow
        {
            Id = id,
            Name = plan.Trip.Name,
            CreatedAt = now,
            UpdatedAt = now,
            Plan = JsonSerializer.Serialize(plan),
        };
    }
}
