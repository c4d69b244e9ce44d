using BookingFunctions.Tests.Azurite;
using BookingFunctions.Tests.Npm;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>The whole saga on Azure Storage.</summary>
public sealed class AzureStorageSagaTests : SagaTests, IClassFixture<AzuriteStorage>, IDisposable
{
    private readonly AzureHub hub;

    /// <summary>Makes them.</summary>
    /// <param name="azurite">The storage account.</param>
    public AzureStorageSagaTests(AzuriteStorage azurite)
        : this(new AzureHub(azurite))
    {
    }

    private AzureStorageSagaTests(AzureHub hub)
        : base(hub) => this.hub = hub;

    /// <inheritdoc/>
    public void Dispose() => hub.Dispose();

    [NpmFact]
    public Task Trips_are_booked() => BookAsync();

    [NpmFact]
    public Task Trips_that_can_not_be_booked_are_rolled_back() => RollBackAsync();

    [NpmFact]
    public Task Trips_are_cancelled_while_they_are_booked_and_after() => CancelAsync();

    [NpmFact]
    public Task An_operator_retries_and_skips_an_undo_that_fails() => DecideAsync();
}
