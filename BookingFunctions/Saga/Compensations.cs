using System.Text.Json;
using Microsoft.DurableTask;

namespace BookingFunctions.Saga;

/// <summary>The undos of a trip's legs. They run in reverse order; where one is given up, an operator decides.</summary>
/// <param name="context">The orchestration.</param>
/// <param name="progress">Told of every step.</param>
public sealed class Compensations(TaskOrchestrationContext context, TripProgress progress)
{
    private readonly Stack<TripLeg> legs = new();
    private Task<UndoDecision>? decided;
    private Task<JsonElement?>? retried;

    /// <summary>Registers legs that are to be undone if the trip is.</summary>
    /// <param name="more">The legs, in the order in which they are booked.</param>
    public void Add(params TripLeg[] more)
    {
        ArgumentNullException.ThrowIfNull(more);
        foreach (var leg in more)
        {
            legs.Push(leg);
        }
    }

    /// <summary>Undoes all of them. It ends when each is undone, or its undo is skipped by an operator.</summary>
    public async Task RunAsync()
    {
        // A directory that can't be written must not keep anything booked.
        var recorded = progress.RecordAsync();
        foreach (var leg in legs)
        {
            await leg.UndoAsync();
        }

        await recorded;
        while (legs.Any(leg => leg.NeedsOperator))
        {
            progress.Set(TripState.NeedsAttention);
            await progress.RecordAsync();
            await DecideAsync();
        }
    }

    private async Task DecideAsync()
    {
        decided ??= context.WaitForExternalEvent<UndoDecision>(UndoDecision.EventName);
        retried ??= context.WaitForExternalEvent<JsonElement?>(RetryUndo.EventName);
        if (await Task.WhenAny(decided, retried) == retried)
        {
            var request = await retried;
            retried = null;
            foreach (var leg in legs.Where(leg => leg.NeedsOperator && RetryUndo.Concerns(request, leg.Leg)))
            {
                await leg.UndoAsync();
            }

            return;
        }

        var decision = await decided;
        decided = null;
        foreach (var leg in legs.Where(leg => leg.NeedsOperator && (decision.Leg ?? leg.Leg) == leg.Leg))
        {
            if (decision.Action == UndoAction.Skip)
            {
                leg.Skip(decision);
            }
            else
            {
                await leg.UndoAsync();
            }
        }
    }
}
