using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using BookingFunctions.Tests.Azurite;
using BookingFunctions.Tests.Npm;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>Whatever the body of a call is, no answer is a 5xx, then or when what came of it is read.</summary>
/// <param name="azurite">The storage account.</param>
public sealed class JsonBodyTests(AzuriteStorage azurite) : IClassFixture<AzuriteStorage>
{
    private const string Instances = "runtime/webhooks/durabletask/instances";

    [Fact]
    public async Task A_body_of_any_bytes_is_taken_or_refused_by_every_call()
    {
        using var data = new DataFile();
        await using var app = await LocalApp.StartAsync(data, DevelopmentApp.Setting);
        var trip = await app.BookAsync(new TripRequest { Hotel = "Stuck Inn", Flight = "Invalid 123" });
        foreach (var body in JsonCases.All)
        {
            await SendAsync(app, HttpMethod.Post, "api/trips", body);
            await SendAsync(app, HttpMethod.Post, $"api/trips/{trip.Id}/legs/car/undo", body);
            await SendAsync(app, HttpMethod.Post, "api/trips/unknown-0000000000/cancel", body);
            await SendAsync(app, HttpMethod.Put, "what-if/suppliers/car", body);
        }

        await app.ResetSuppliersAsync();
        await ManageAsync(app, trip.Id, JsonCases.All);
    }

    [NpmFact]
    public async Task A_body_of_any_bytes_is_taken_or_refused_by_the_management_API_on_Azure_Storage()
    {
        using var hub = new AzureHub(azurite);
        await using var app = await LocalApp.StartAsync(hub);
        var trip = await app.BookAsync(new TripRequest { Hotel = "Stuck Inn", Flight = "Invalid 123" });

        // How a body is read is the host's matter; each instance that it starts takes Azurite a second.
        await ManageAsync(app, trip.Id, JsonCases.All.Where((_, number) => number % 4 == 0));
    }

    private static async Task ManageAsync(LocalApp app, string trip, IEnumerable<byte[]> bodies)
    {
        foreach (var (number, body) in bodies.Index())
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"json-{number}");
            var isStarted = await SendAsync(app, HttpMethod.Post, $"runtime/webhooks/durabletask/orchestrators/None/{id}", body);
            var isRaised = await SendAsync(app, HttpMethod.Post, $"{Instances}/{trip}/raiseEvent/Other", body);
            Assert.True(isRaised == isStarted || body.Length == 0, $"{Show(body)} is an event: {isRaised}, but an input: {isStarted}");
        }

        await ReadAsync(app, $"{Instances}?instanceIdPrefix=json-&top=1000");
        await ReadAsync(app, $"{Instances}/{trip}?showHistory=true&showHistoryOutput=true");
        await ReadAsync(app, $"api/trips/{trip}/history");
    }

    private static string Show(byte[] body) => $"'{Encoding.UTF8.GetString(body, 0, Math.Min(60, body.Length))}' ({body.Length} bytes)";

    private static async Task<bool> SendAsync(LocalApp app, HttpMethod method, string path, byte[] body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using var response = await app.Http.SendAsync(request);

        var answer = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode < 500, $"{method} {path} with {Show(body)} answers {response.StatusCode}: {answer}");
        Assert.True(
            response.IsSuccessStatusCode || JsonElement.Parse(answer).ValueKind == JsonValueKind.Object,
            $"{method} {path} with {Show(body)} says '{answer}'");
        return response.IsSuccessStatusCode;
    }

    private static async Task ReadAsync(LocalApp app, string path)
    {
        using var response = await app.Http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.True(response.IsSuccessStatusCode, $"{path} answers {response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }
}
