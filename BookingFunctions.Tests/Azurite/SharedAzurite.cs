namespace BookingFunctions.Tests.Azurite;

/// <summary>
/// The tests of the table stores, which share an account and so run one after the other. Longer tests have one of their own.
/// </summary>
[CollectionDefinition(Name)]
public sealed class SharedAzurite : ICollectionFixture<AzuriteStorage>
{
    public const string Name = "Azurite";
}
