namespace BookingFunctions.Tests.Web;

/// <summary>The tests that share one browser, and so run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedBrowser : ICollectionFixture<Browser>
{
    public const string Name = "Browser";
}
