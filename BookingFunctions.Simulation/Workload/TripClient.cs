using System.Text.Json;
using BookingFunctions.Simulation.Functions;
using BookingFunctions.Simulation.Worlds;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Deciding;
using BookingFunctions.Trips.Reading;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Simulation.Workload;

/// <summary>A caller of the trip API: a traveler, an operator, or a disturber.</summary>
internal sealed class TripClient(World world, string name)
{
    private const int MaxUnblocks = 300;

    private readonly Client client = new(world, name);

    public Task PauseAsync(int longestSeconds) => client.PauseAsync(longestSeconds);

    /// <summary>
    /// Starts a trip. With a key, it retries until there is an answer or it goes away; without one, it may give up, or start a second trip.
    /// </summary>
    /// <returns>The trip's id; null if the key was refused, or it was not waited for.</returns>
    public async Task<string?> StartAsync(Dictionary<string, object> order, string? key)
    {
        var body = JsonSerializer.Serialize(order);
        while (true)
        {
            int? wait = world.Draw.Chance(200) ? world.Draw.Between(1, 30) : null;
            var answer = await CallAsync(
                $"start a trip with {body} and {key ?? "no key"}", (api, gone) => api.StartAsync(order, key, wait, gone));
            switch (answer)
            {
                case { Status: StatusCodes.Status200OK or StatusCodes.Status202Accepted, TripId: { } id }:
                    world.Ledger.Trips.AcknowledgeStart(id, key, body);
                    return id;
                case { Status: StatusCodes.Status422UnprocessableEntity } when key is not null:
                    world.Ledger.Trips.AcknowledgeRefusal(key, body);
                    return null;
                case not null:
                    world.Violate($"{name} ordered {body}, and was answered {answer.Status}.");
                    return null;
                case null when key is null ? world.Draw.Chance(500) : world.Faults.CallerGoesAway():
                    return null;
            }

            await PauseAsync(5);
        }
    }

    /// <summary>Cancels a trip at some moment, by one call.</summary>
    public async Task CancelAsync(string id)
    {
        await PauseAsync(90);
        await CancelNowAsync(id);
    }

    /// <summary>Decides about legs at some moment, whether or not the trip waits for that.</summary>
    public async Task DecideAsync(string id)
    {
        await PauseAsync(300);
        foreach (var leg in Enum.GetValues<Leg>().Where(_ => world.Draw.Chance(700)))
        {
            await DecideNowAsync(id, leg);
        }

        if (world.Draw.Chance(300))
        {
            var payload = world.Draw.OneOf<object?>(null, new { leg = "hotel" }, new { leg = 7 }, "all");
            await client.AskAsync(
                $"send {id} a malformed decision", durable => durable.RaiseEventAsync(id, UndoDecision.EventName, payload));
        }
    }

    /// <summary>Does something to one of a trip's orchestrations that it need not expect.</summary>
    public Task DisturbAsync(string id) => client.DisturbAsync(world.Draw.Chance(200) ? Cancellation.IdOf(id) : id, mayTerminate: true);

    /// <summary>Does what a trip needs until it is decided.</summary>
    public async Task UnblockUntilDecidedAsync(string id)
    {
        for (var i = 0; i < MaxUnblocks; i++)
        {
            await PauseAsync(30 + (5 * i));
            if (await UnblockAsync(id))
            {
                return;
            }
        }

        world.Violate($"The trip '{id}' was unblocked {MaxUnblocks} times, and is not decided.");
    }

    /// <summary>Does what a trip needs at the moment to get on.</summary>
    /// <returns>Whether it is decided, and no cancellation waits for it: one would, for ever, if the trip is suspended now.</returns>
    public async Task<bool> UnblockAsync(string id)
    {
        TripSources? facts = null;
        await client.AskAsync($"read {id}", async process => facts = await new TripApi(process).ReadAsync(id));
        if (facts is null)
        {
            return false;
        }

        foreach (var instance in new[] { facts.Instance, facts.Canceller }.OfType<OrchestrationMetadata>())
        {
            if (instance.RuntimeStatus == OrchestrationRuntimeStatus.Suspended)
            {
                await client.AskAsync($"resume {instance.InstanceId}", durable => durable.ResumeInstanceAsync(instance.InstanceId));
            }
        }

        var status = facts.Status;
        if (status.Status == TripState.NeedsAttention)
        {
            var waiting = status.Legs.Where(leg => leg is { State: LegState.UndoFailed, Skipped: null }).ToList();
            foreach (var leg in waiting.Where(_ => facts.WaitingInstanceId is not null))
            {
                await DecideNowAsync(id, leg.Leg);
            }

            if (facts.WaitingInstanceId is null || waiting.Count == 0)
            {
                await CancelNowAsync(id);
            }
        }

        return status.IsDecided && facts.Canceller is null or { IsCompleted: true };
    }

    private async Task CancelNowAsync(string id)
    {
        world.Ledger.Trips.AskForCancellation(id);
        if (await CallAsync($"cancel {id}", (api, gone) => api.CancelAsync(id, name, gone)) is not { } answer)
        {
            return;
        }

        if (answer.Status is not (StatusCodes.Status200OK or StatusCodes.Status202Accepted))
        {
            world.Violate($"{name} wanted to cancel '{id}', and was answered {answer.Status}.");
        }

        world.Ledger.Trips.AcknowledgeCancellation(id);
    }

    // Of requests that race each other, alike or not, one gets 202.
    private async Task DecideNowAsync(string id, Leg leg)
    {
        var action = world.Draw.OneOf(UndoAction.Retry, UndoAction.Skip);
        List<Task> requests = [DecideNowAsync(id, leg, action)];
        while (world.Draw.Chance(300))
        {
            requests.Add(DecideNowAsync(id, leg, world.Draw.Chance(700) ? action : world.Draw.OneOf(UndoAction.Retry, UndoAction.Skip)));
        }

        await Task.WhenAll(requests);
    }

    private async Task DecideNowAsync(string id, Leg leg, UndoAction action)
    {
        var answer = await CallAsync($"{action} the undo of the {leg} of {id}", (api, _) => api.DecideAsync(id, leg, action));
        if (answer is { Status: StatusCodes.Status202Accepted })
        {
            world.Ledger.Trips.AcknowledgeDecision(id, leg);
        }
        else if (answer is not (null or { Status: StatusCodes.Status409Conflict }))
        {
            world.Violate($"{name} decided about the {leg} of '{id}', and was answered {answer.Status}.");
        }
    }

    /// <summary>Calls the API once. The caller may go away before there is an answer.</summary>
    private async Task<TripAnswer?> CallAsync(string what, Func<TripApi, CancellationToken, Task<TripAnswer>> call)
    {
        TripAnswer? answer = null;
        TimeSpan? patience = world.Faults.CallerGoesAway() ? world.Draw.UpTo(TimeSpan.FromSeconds(10)) : null;
        var known = await client.AskAsync(what, async process =>
        {
            using var gone = patience is { } limit ? new CancellationTokenSource(limit, process.Clock) : new CancellationTokenSource();
            answer = await call(new TripApi(process), gone.Token);
        });
        world.Log($"{name}: {what}: {answer?.Status}");
        return known.IsDone ? answer : null;
    }
}
