using BookingFunctions.Trips;
using BookingFunctions.Trips.Deciding;
using BookingFunctions.Trips.Starting;

namespace BookingFunctions.Tests.Histories;

/// <summary>A kind of trip that is recorded, and what happens to it.</summary>
internal sealed record TripKind(string Name, TripOrder Order)
{
    private static readonly TripRequest Plain = new("Alice Jones", "Ford 150", "Hilton 123", "Alaska Airlines 123");
    private static readonly TripRequest Refused = Plain with { Flight = "Invalid 123" };
    private static readonly TripRequest Waiting = Plain with { Hotel = "Buggy Inn" };
    private static readonly TripRequest Stuck = Refused with { Hotel = "Stuck Inn" };

    /// <summary>What is done with it once it is started, until it has ended.</summary>
    public Func<TripApp, string, Task> Script { get; init; } = (app, id) => app.EndAsync(id);

    public static IReadOnlyList<TripKind> All { get; } =
    [
        new("confirmed", new TripOrder(Plain, null)),
        new("confirmed-parallel", new TripOrder(Plain, null, Parallel: true)),
        new("confirmed-before-its-deadline", new TripOrder(Plain, null, DeadlineSeconds: 3600)),
        new("retried", new TripOrder(Plain with { Car = "Flaky Ford" }, null)),
        new("given-up", new TripOrder(Plain with { Car = "Flaky Ford" }, 2)),
        new("refused", new TripOrder(Refused, null)),
        new("refused-parallel", new TripOrder(Refused, null, Parallel: true)),
        new("past-its-deadline", new TripOrder(Waiting, 1000, DeadlineSeconds: 1)),
        new("past-its-deadline-parallel", new TripOrder(Waiting, 1000, Parallel: true, DeadlineSeconds: 1)),
        new("cancelled", new TripOrder(Waiting, 1000))
        {
            Script = async (app, id) =>
            {
                await app.UntilAsync(id, trip => trip.Legs[1].State == LegState.Retrying);
                await app.CancelAsync(id);
                await app.EndAsync(id);
                await app.CompletedAsync(Cancellation.IdOf(id));
            },
        },
        new("cancelled-parallel", new TripOrder(Waiting, 1000, Parallel: true))
        {
            Script = async (app, id) =>
            {
                await app.UntilAsync(id, trip => trip.Legs[1].State == LegState.Retrying);
                await app.CancelAsync(id);
                await app.EndAsync(id);
                await app.CompletedAsync(Cancellation.IdOf(id));
            },
        },
        new("cancelled-after-it-was-confirmed", new TripOrder(Plain, null))
        {
            Script = async (app, id) =>
            {
                await app.EndAsync(id);
                await app.CancelAsync(id);
                await app.CompletedAsync(Cancellation.IdOf(id));
            },
        },
        new("skipped-by-an-operator", new TripOrder(Stuck, null))
        {
            Script = async (app, id) =>
            {
                await app.EndAsync(id);
                await app.DecideAsync(id, UndoAction.Skip);
                await app.CompletedAsync(id);
            },
        },
        new("retried-by-an-operator", new TripOrder(Stuck, null, Parallel: true))
        {
            Script = async (app, id) =>
            {
                await app.EndAsync(id);
                await app.DecideAsync(id, UndoAction.Retry);
                await app.HasFailedToUndoAsync(id, times: 4);
                await app.DecideAsync(id, UndoAction.Retry);
                await app.HasFailedToUndoAsync(id, times: 6);
                await app.DecideAsync(id, UndoAction.Skip);
                await app.CompletedAsync(id);
            },
        },
    ];
}
