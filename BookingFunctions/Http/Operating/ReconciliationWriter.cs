using System.Buffers;
using System.Text.Json;
using BookingFunctions.Reconciliation;
using BookingFunctions.Trips;
using Microsoft.AspNetCore.Http;

namespace BookingFunctions.Http.Operating;

/// <summary>
/// Writes what a reconciliation finds while it runs, so that neither side has to hold it in memory. Nothing is sent before
/// there is something to send, so that a store that fails at once is answered with a problem; one that fails later breaks
/// the answer off.
/// </summary>
/// <param name="response">The response.</param>
/// <param name="clock">What silences are measured by.</param>
public sealed class ReconciliationWriter(HttpResponse response, TimeProvider clock)
{
    private const int FlushBytes = 16 * 1024;

    // White space between two values keeps the connection alive, and means nothing.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(15);

    private readonly ArrayBufferWriter<byte> unsent = new(FlushBytes);
    private long lastFlush = clock.GetTimestamp();

    /// <summary>Runs a reconciliation, and writes the answer.</summary>
    /// <param name="reconciler">The reconciliation.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task WriteAsync(Reconciler reconciler, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reconciler);
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-store";

        await using var json = new Utf8JsonWriter(unsent, new JsonWriterOptions { Encoder = ApiJson.Options.Encoder });

        // Each of these was a person's decision: there are few.
        var accepted = new List<Finding>();
        json.WriteStartObject();
        json.WriteStartArray("orphans");
        await foreach (var found in reconciler.CheckReservationsAsync(cancellation))
        {
            accepted.AddRange(found.Where(finding => finding.Kind == FindingKind.Accepted));
            await AddAsync(json, found.Where(finding => finding.Kind == FindingKind.Orphan), cancellation);
        }

        json.WriteEndArray();
        json.WriteStartArray("missing");
        await foreach (var found in reconciler.CheckTripsAsync(cancellation))
        {
            await AddAsync(json, found, cancellation);
        }

        json.WriteEndArray();
        json.WriteStartArray("accepted");
        await AddAsync(json, accepted, cancellation);
        json.WriteEndArray();
        json.WriteNumber("checked", reconciler.Checked);
        json.WriteEndObject();
        await json.FlushAsync(cancellation);
        await SendAsync(cancellation);
    }

    private async Task AddAsync(Utf8JsonWriter json, IEnumerable<Finding> findings, CancellationToken cancellation)
    {
        foreach (var finding in findings)
        {
            JsonSerializer.Serialize(json, finding, ApiJson.Options);
            await json.FlushAsync(cancellation);
            if (unsent.WrittenCount >= FlushBytes)
            {
                await SendAsync(cancellation);
            }
        }

        if (clock.GetElapsedTime(lastFlush) >= LongestSilence)
        {
            await json.FlushAsync(cancellation);
            unsent.Write("\n"u8);
            await SendAsync(cancellation);
        }
    }

    private async Task SendAsync(CancellationToken cancellation)
    {
        await response.Body.WriteAsync(unsent.WrittenMemory, cancellation);
        await response.Body.FlushAsync(cancellation);
        unsent.ResetWrittenCount();
        lastFlush = clock.GetTimestamp();
    }
}
