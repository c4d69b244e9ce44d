using BookingFunctions.Tests.Azurite;
using BookingFunctions.Tests.EndToEnd;
using BookingFunctions.Tests.Npm;

namespace BookingFunctions.Tests.Contract;

/// <summary>The same document is true on Azure Storage.</summary>
/// <param name="azurite">The storage account.</param>
public sealed class AzureStorageOpenApiTests(AzuriteStorage azurite) : IClassFixture<AzuriteStorage>
{
    [NpmFact]
    public async Task Every_request_is_answered_as_the_document_says()
    {
        using var hub = new AzureHub(azurite);
        await Fuzzer.RunAsync(hub, requests: 150);
    }
}
