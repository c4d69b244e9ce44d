using BookingFunctions.Local.Backends;
using BookingFunctions.Tests.Azurite;
using BookingFunctions.Tests.Npm;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Tests.LocalFunctionsHost.Management;

/// <summary>The management API answers on Azure Storage, the genuine host's own provider, what it answers on SQLite.</summary>
public sealed class AzureStorageManagementTests(AzuriteStorage azurite) : IClassFixture<AzuriteStorage>
{
    private const string HostJson = """
        {
          "extensions": {
            "http": { "routePrefix": "" },
            "durableTask": {
              "hubName": "RecHub3",
              "storageProvider": { "partitionCount": 1, "maxQueuePollingInterval": "00:00:00.2" }
            }
          }
        }
        """;

    [NpmFact]
    public async Task Every_recorded_call_is_answered_as_the_genuine_host_answered_it()
    {
        await using var host = await TestHost.StartAsync(
            RecordedFunctions.Classes,
            HostJson,
            builder =>
            {
                RecordedFunctions.AddServices(builder);
                ExchangeKeys.Set(builder);
                builder.Configuration["AzureWebJobsStorage"] = azurite.ConnectionString;
                builder.Backend = (services, settings) => new AzureStorageBackend(
                    settings, services.GetRequiredService<IConfiguration>(), services.GetRequiredService<ILoggerFactory>());
            });
        var replay = new Replay(host, isSqlite: false);
        var differences = await replay.RunAllAsync();

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }
}
