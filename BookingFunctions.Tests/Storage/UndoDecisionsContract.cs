using BookingFunctions.Trips;
using BookingFunctions.Trips.Deciding;

namespace BookingFunctions.Tests.Storage;

/// <summary>What every store of operators' decisions does.</summary>
public abstract class UndoDecisionsContract
{
    private static readonly DateTimeOffset At = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private static readonly KeptDecision Retry = new(
        "zoë-7k2m?", new UndoDecision(Leg.Hotel, 63_000_000_000_000, UndoAction.Retry, "Zoë 😀", "by \"telephone\"", At));

    /// <summary>The store; empty.</summary>
    protected abstract IUndoDecisions Decisions { get; }

    [Fact]
    public async Task One_decision_about_a_failure_is_kept_and_any_other_is_given_that_one()
    {
        var skip = Retry with { Decision = Retry.Decision with { Action = UndoAction.Skip, Note = null, At = At.AddSeconds(1) } };

        var kept = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(number => Decisions.AddAsync(number % 2 == 0 ? Retry : skip, default)));

        var one = Assert.Single(kept.Distinct());
        Assert.True(one == Retry || one == skip);
        Assert.Equal(one, await Decisions.AddAsync(skip, default));
    }

    [Fact]
    public async Task Failures_legs_and_trips_have_a_decision_each()
    {
        KeptDecision[] others =
        [
            Retry with { TripId = "zoë-7k2m" },
            Retry with { Decision = Retry.Decision with { Leg = Leg.Car } },
            Retry with { Decision = Retry.Decision with { Failure = Retry.Decision.Failure + 1 } },
        ];
        await Decisions.AddAsync(Retry, default);

        foreach (var other in others)
        {
            Assert.Equal(other, await Decisions.AddAsync(other, default));
        }

        Assert.Equal(4, (await UntoldAsync(At.AddTicks(1))).Count);
    }

    [Fact]
    public async Task A_decision_is_marked_as_delivered_once_and_is_undelivered_until_then()
    {
        await Decisions.AddAsync(Retry, default);
        Assert.Empty(await UntoldAsync(At));
        Assert.Equal([Retry], await UntoldAsync(At.AddTicks(1)));
        Assert.Equal([Retry], await UntoldAsync(DateTimeOffset.MaxValue));

        var marked = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Decisions.MarkDeliveredAsync(Retry, default)));

        Assert.Single(marked, isFirst => isFirst);
        Assert.Empty(await UntoldAsync(DateTimeOffset.MaxValue));
        Assert.Equal(Retry with { IsDelivered = true }, await Decisions.AddAsync(Retry, default));
    }

    private async Task<List<KeptDecision>> UntoldAsync(DateTimeOffset olderThan)
    {
        List<KeptDecision> undelivered = [];
        await foreach (var decision in Decisions.ListUndeliveredAsync(olderThan, default))
        {
            undelivered.Add(decision);
        }

        return undelivered;
    }
}
