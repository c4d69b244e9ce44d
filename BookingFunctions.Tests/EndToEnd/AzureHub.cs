using BookingFunctions.Tests.Azurite;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>A task hub of a test in Azurite, with the leases and visibility timeouts of <c>host.json</c>.</summary>
/// <param name="azurite">The storage account.</param>
public sealed class AzureHub(AzuriteStorage azurite) : IAppState, IDisposable
{
    private const string HostSetting = "AzureFunctionsJobHost__extensions__durableTask__";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trips-");

    /// <summary>The hub's name in <c>host.json</c>.</summary>
    public string Name { get; } = $"T{Guid.NewGuid():N}"[..20];

    /// <inheritdoc/>
    public string Folder => folder.FullName;

    /// <inheritdoc/>
    public IReadOnlyList<string> Arguments => ["--backend", "azureStorage"];

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, string Value)> Settings =>
    [
        ("AzureWebJobsStorage", azurite.ConnectionString),
        (HostSetting + "hubName", Name),
        (HostSetting + "storageProvider__maxQueuePollingInterval", "00:00:00.200"),
    ];

    /// <inheritdoc/>
    public void Use()
    {
        // Nothing of it is on this machine's disk.
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Delete(recursive: true);
}
