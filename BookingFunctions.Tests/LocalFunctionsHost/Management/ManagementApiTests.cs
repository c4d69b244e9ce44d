namespace BookingFunctions.Tests.LocalFunctionsHost.Management;

/// <summary>The management API answers what the genuine host was recorded to answer, call by call.</summary>
public sealed class ManagementApiTests
{
    private const int Recorded = 165;

    private const string HostJson = """
        // The host that was recorded.
        { "extensions": { "http": { "routePrefix": "" }, "durableTask": { "hubName": "RecHub3" } } }
        """;

    [Fact]
    public async Task Every_recorded_call_is_answered_as_the_genuine_host_answered_it()
    {
        await using var host = await TestHost.StartAsync(
            RecordedFunctions.Classes,
            HostJson,
            builder =>
            {
                RecordedFunctions.AddServices(builder);
                ExchangeKeys.Set(builder);
            });
        var replay = new Replay(host, isSqlite: true);
        var differences = await replay.RunAllAsync();

        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.Equal(Recorded, (await Replay.ReadAsync()).Count);
    }
}
