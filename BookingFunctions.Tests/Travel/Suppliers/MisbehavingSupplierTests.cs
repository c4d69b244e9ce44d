using BookingFunctions.Tests.EndToEnd;
using BookingFunctions.Travel;
using BookingFunctions.Travel.Suppliers;
using Supplier;
using Leg = BookingFunctions.Trips.Leg;

namespace BookingFunctions.Tests.Travel.Suppliers;

/// <param name="shared">Suppliers and an application for trips that are kept apart by their names.</param>
public sealed class MisbehavingSupplierTests(SuppliedApp shared) : IClassFixture<SuppliedApp>
{
    private const int TooSlow = 2500;
    private const int Always = 1000;

    // Each of these may pass: it is tried again.
    private static readonly Dictionary<string, Misbehaviour> Transient = new()
    {
        ["is slow, and does the work late"] = new(Kind.Slow, Milliseconds: TooSlow),
        ["does the work, and is slow to say so"] = new(Kind.Slow, Milliseconds: TooSlow, AfterWork: true),
        ["answers 500"] = new(Kind.Status, Status: 500),
        ["does the work, but answers 500"] = new(Kind.Status, Status: 500, AfterWork: true),
        ["answers 408"] = new(Kind.Status, Status: 408),
        ["answers 429 and when to come back"] = new(Kind.Status, Status: 429, RetryAfter: "1"),
        ["does the work, but answers 503"] = new(Kind.Status, Status: 503, RetryAfter: "1", AfterWork: true),
        ["redirects"] = new(Kind.Status, Status: 302),
        ["does not let us in"] = new(Kind.Status, Status: 401),
        ["knows nothing"] = new(Kind.Status, Status: 404),
        ["drops the connection"] = new(Kind.Drop),
        ["does the work, and drops the connection"] = new(Kind.Drop, AfterWork: true),
        ["answers garbage"] = new(Kind.Garbage),
        ["does the work, but answers garbage"] = new(Kind.Garbage, AfterWork: true),
        ["confirms another reservation"] = new(Kind.Other),
        ["answers with a page"] = new(Kind.Page),
        ["does the work, but answers with a page"] = new(Kind.Page, AfterWork: true),
        ["answers with a megabyte"] = new(Kind.Huge),
        ["does the work, but answers with a megabyte"] = new(Kind.Huge, AfterWork: true),
    };

    public static TheoryData<string> Misbehaviours => [.. Transient.Keys];

    [Theory]
    [MemberData(nameof(Misbehaviours))]
    public async Task A_trip_is_all_or_nothing_whichever_step_a_supplier_spoils(string misbehaviour)
    {
        var how = Transient[misbehaviour];
        var number = Transient.Keys.ToList().IndexOf(misbehaviour);
        var (suppliers, host) = (shared.Suppliers, shared.Host);

        var trips = new List<Task<(string Step, string Expected, TripJson Trip)>>();
        foreach (var (leg, parallel) in Enum.GetValues<Leg>().SelectMany(leg => new[] { (leg, false), (leg, true) }))
        {
            var step = $"{leg}-{(parallel ? "at-once" : "in-turn")}-{number}-".ToLowerInvariant();
            var (once, always, undo) = ($"once-{step}", $"always-{step}", $"undo-{step}");
            suppliers[leg].Misbehave(how with { Reservation = once });
            suppliers[leg].Misbehave(how with { Reservation = always, Times = Always });
            suppliers[leg].Misbehave(how with { Reservation = undo, Method = "DELETE" });
            trips.Add(BookAsync(once, "Confirmed", new() { Name = once }, parallel));
            trips.Add(BookAsync(always, "Cancelled", new() { Name = always, Attempts = 2 }, parallel));
            trips.Add(BookAsync(undo, "Cancelled", new() { Name = undo, Flight = "Nowhere 1" }, parallel));
        }

        foreach (var (step, expected, trip) in await Task.WhenAll(trips))
        {
            Assert.True(expected == trip.Status, $"{step}: {trip.Status} instead of {expected}, because {trip.Reason}");
        }

        await suppliers.AssertAllOrNothingAsync(host, trips.Select(trip => trip.Result.Trip));

        async Task<(string Step, string Expected, TripJson Trip)> BookAsync(
            string step, string expected, EndToEnd.TripRequest trip, bool parallel) =>
            (step, expected, await host.BookAsync(trip, parallel));
    }

    [Theory]
    [InlineData(409)]
    [InlineData(422)]
    public async Task A_refusal_is_final_when_booking_and_tried_again_when_undoing(int status)
    {
        var refuses = new Misbehaviour(Kind.Status, Status: status);
        var (suppliers, host) = (shared.Suppliers, shared.Host);

        foreach (var leg in Enum.GetValues<Leg>())
        {
            var (book, undo) = ($"book-{leg}-{status}".ToLowerInvariant(), $"undo-{leg}-{status}".ToLowerInvariant());
            suppliers[leg].Misbehave(refuses with { Reservation = book });
            suppliers[leg].Misbehave(refuses with { Reservation = undo, Method = "DELETE" });
            var refused = await host.BookAsync(new() { Name = book });
            var undone = await host.BookAsync(new() { Name = undo, Flight = "Nowhere 1" });

            Assert.Equal(("Cancelled", "Cancelled"), (refused.Status, undone.Status));
            var failed = refused.Legs[(int)leg];
            Assert.Equal(("Failed", 1), (failed.State, failed.Attempt));
            Assert.Equal(typeof(ProviderRefusedException).FullName, failed.Error!.Type);
            Assert.EndsWith($"({status}): As you wish.", failed.Error.Message, StringComparison.Ordinal);
            await suppliers.AssertAllOrNothingAsync(host, [refused, undone]);
        }
    }

    [Fact]
    public async Task An_answer_that_comes_twice_never_passes_for_another_trips()
    {
        await using var suppliers = await LegSuppliers.StartAsync();
        await using var host = await suppliers.StartHostAsync();
        foreach (var leg in Enum.GetValues<Leg>())
        {
            suppliers[leg].Misbehave(new Misbehaviour(Kind.Twice, Times: 15, AfterWork: true));
            suppliers[leg].Misbehave(new Misbehaviour(Kind.Twice, Method: "DELETE", Times: 15, AfterWork: true));
        }

        var trips = await Task.WhenAll(Enumerable.Range(1, 30).Select(number => host.BookAsync(
            new() { Name = $"Trip {number}", Flight = number % 3 == 0 ? "Nowhere 1" : "Air 1" })));

        Assert.Equal(20, trips.Count(trip => trip.Status == "Confirmed"));
        await suppliers.AssertAllOrNothingAsync(host, trips);
    }

    [Fact]
    public async Task A_trip_whose_supplier_is_left_alone_for_the_failures_of_others_waits_and_loses_no_attempt()
    {
        await using var suppliers = await LegSuppliers.StartAsync();
        await using var host = await suppliers.StartHostAsync();
        suppliers[Leg.Hotel].Misbehave(new Misbehaviour(Kind.Status, Reservation: "unlucky", Times: Always));
        var unlucky = await host.BookAsync(new() { Name = "Unlucky", Attempts = SupplierClients.MinimumCalls });
        Assert.Equal("Cancelled", unlucky.Status);

        var id = await host.StartTripAsync(new() { Attempts = 1 });
        var waiting = await host.UntilAsync(id, trip => trip.Hotel.Error is not null);
        Assert.Equal(
            ("Retrying", 1, typeof(CircuitOpenException).FullName),
            (waiting.Hotel.State, waiting.Hotel.Attempt, waiting.Hotel.Error!.Type));
        var trip = await host.UntilAsync(id, trip => trip.HasEnded);

        Assert.Equal(("Confirmed", 1), (trip.Status, trip.Hotel.Attempt));
        await suppliers.AssertAllOrNothingAsync(host, [unlucky, trip]);
    }

    [Fact]
    public async Task An_undo_that_a_supplier_keeps_failing_waits_for_an_operator_and_nothing_is_forgotten()
    {
        await using var suppliers = await LegSuppliers.StartAsync();
        await using var host = await suppliers.StartHostAsync(("Saga__UndoAttempts", "3"));
        suppliers[Leg.Hotel].Misbehave(new Misbehaviour(Kind.Garbage, Method: "DELETE", Times: Always));

        var trip = await host.BookAsync(new() { Flight = "Nowhere 1" });

        Assert.Equal(("NeedsAttention", "UndoFailed"), (trip.Status, trip.Hotel.State));
        Assert.Equal($"{trip.Id}-hotel", Assert.Single(suppliers[Leg.Hotel].Held).ReservationId);
        Assert.Equal($"{trip.Id}-hotel", Assert.Single(await host.HeldAsync()).Id);

        suppliers[Leg.Hotel].Behave();
        await host.RetryUndoAsync(trip.Id, "hotel");
        trip = await host.UntilAsync(trip.Id, trip => trip.Status == "Cancelled");

        await suppliers.AssertAllOrNothingAsync(host, [trip]);
    }
}
