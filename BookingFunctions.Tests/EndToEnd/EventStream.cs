using System.Net;
using System.Text.Json;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>A client of a trip's events.</summary>
internal sealed class EventStream : IDisposable
{
    private readonly HttpResponseMessage response;
    private readonly StreamReader reader;

    private EventStream(HttpResponseMessage response, StreamReader reader)
    {
        this.response = response;
        this.reader = reader;
    }

    /// <summary>The comments so far.</summary>
    public List<string> Comments { get; } = [];

    /// <summary>Opens the stream of a trip.</summary>
    public static async Task<EventStream> OpenAsync(HttpClient http, string id)
    {
        var response = await http.GetAsync(new Uri($"api/trips/{id}/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new EventStream(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>Reads the next event.</summary>
    /// <returns>The trip, or null at the end.</returns>
    public async Task<JsonElement?> ReadAsync()
    {
        JsonElement? trip = null;
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.Length == 0 && trip is not null)
            {
                return trip;
            }

            var (field, value) = line.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0
                ? (line[..colon], line[(colon + 1)..].Trim())
                : (line, "");
            switch (field)
            {
                case "data":
                    trip = JsonElement.Parse(value);
                    break;
                case "" when value.Length > 0:
                    Comments.Add(value);
                    break;
            }
        }

        return null;
    }

    /// <summary>Reads all events that are left.</summary>
    public async Task<IReadOnlyList<JsonElement>> ReadToEndAsync()
    {
        var trips = new List<JsonElement>();
        while (await ReadAsync() is { } trip)
        {
            trips.Add(trip);
        }

        return trips;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        reader.Dispose();
        response.Dispose();
    }
}
