namespace BookingFunctions.Tests.EndToEnd;

/// <summary>The whole saga on SQLite.</summary>
public sealed class SqliteSagaTests(StuckApp stuck) : SagaTests(stuck.App), IClassFixture<StuckApp>
{
    [Fact]
    public Task Trips_are_booked() => BookAsync();

    [Fact]
    public Task Trips_that_can_not_be_booked_are_rolled_back() => RollBackAsync();

    [Fact]
    public Task Trips_are_cancelled_while_they_are_booked_and_after() => CancelAsync();

    [Fact]
    public Task An_operator_retries_and_skips_an_undo_that_fails() => DecideAsync();
}
