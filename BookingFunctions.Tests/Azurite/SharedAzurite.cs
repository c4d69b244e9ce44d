namespace BookingFunctions.Tests.Azurite;

/// <summary>The tests that share one Azurite, and so run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedAzurite : ICollectionFixture<AzuriteStorage>
{
    public const string Name = "Azurite";
}
