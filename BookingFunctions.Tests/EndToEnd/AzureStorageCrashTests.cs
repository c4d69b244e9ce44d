using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using BookingFunctions.Tests.Azurite;
using BookingFunctions.Tests.Npm;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>Two processes share a task hub, and one of them is killed: every trip that was acknowledged is decided by the other.</summary>
/// <param name="azurite">The storage account.</param>
public sealed class AzureStorageCrashTests(AzuriteStorage azurite) : IClassFixture<AzuriteStorage>
{
    private const int Travelers = 4;
    private const int BeforeTheKill = 24;
    private const int AfterTheKill = 6;

    // Leases end after 30 seconds, and messages that were fetched are visible again after a minute at most.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    // The name says how the trip must end; "Either" where an attempt that the kill cuts off counts at the provider, but not in the trip.
    private static readonly TripRequest[] Kinds =
    [
        new() { Name = "Confirmed" },
        new() { Name = "Cancelled", Flight = "Invalid 123" },
        new() { Name = "Confirmed", Car = "Slow Ford" },
        new() { Name = "Either", Car = "Flaky Ford", Attempts = 6 },
        new() { Name = "Confirmed", Parallel = true },
    ];

    [NpmFact]
    public async Task One_of_two_processes_is_killed_and_the_other_decides_every_acknowledged_trip()
    {
        using var hub = new AzureHub(azurite);
        await using var survivor = await LocalApp.StartAsync(hub);
        var acknowledged = new ConcurrentDictionary<string, string>();
        await using (var doomed = await LocalApp.StartAsync(hub))
        {
            var travelers = Task.WhenAll(Enumerable.Range(0, Travelers)
                .Select(number => TravelAsync(number % 2 == 0 ? doomed : survivor, number, acknowledged)).ToList());
            while (acknowledged.Count < BeforeTheKill && !travelers.IsCompleted)
            {
                await Task.Delay(5);
            }

            await doomed.KillAsync();
            await travelers;
        }

        foreach (var (id, name) in acknowledged)
        {
            var trip = await survivor.UntilAsync(id, trip => trip.HasEnded, Patience);
            Assert.True(
                trip.Status == name || (name == "Either" && trip.Status is "Confirmed" or "Cancelled"),
                $"{id} should be {name} and is {trip.Status}");
        }

        await survivor.StopAsync();
    }

    private static async Task TravelAsync(LocalApp app, int first, ConcurrentDictionary<string, string> acknowledged)
    {
        for (var number = first; acknowledged.Count < BeforeTheKill + AfterTheKill; number++)
        {
            var kind = Kinds[number % Kinds.Length];
            try
            {
                using var response = await app.PostTripAsync(kind);
                Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
                acknowledged[(await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!] = kind.Name;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or SocketException or JsonException)
            {
                // Killed before the whole answer was here: the trip was not acknowledged.
                return;
            }
        }
    }
}
