using BookingFunctions.Tests.Npm;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>The whole saga on Azure Storage.</summary>
public sealed class AzureStorageSagaTests(StuckAzureApp stuck) : SagaTests(stuck.App), IClassFixture<StuckAzureApp>
{
    [NpmFact]
    public Task Trips_are_booked() => BookAsync();

    [NpmFact]
    public Task Trips_that_can_not_be_booked_are_rolled_back() => RollBackAsync();

    [NpmFact]
    public Task Trips_are_cancelled_while_they_are_booked_and_after() => CancelAsync();

    [NpmFact]
    public Task An_operator_retries_and_skips_an_undo_that_fails() => DecideAsync();
}
