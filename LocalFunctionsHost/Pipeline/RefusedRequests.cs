using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace LocalFunctionsHost.Pipeline;

/// <summary>
/// Gives what Kestrel refuses before any middleware sees it a problem document: a request without <c>Host</c>, with an address that
/// can't be decoded, with too many headers, and so on. Kestrel answers these with headers alone, and closes the connection.
/// </summary>
internal sealed class RefusedRequests : IObserver<KeyValuePair<string, object?>>
{
    private const string Refused = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    /// <summary>Writes the document of what is refused on a connection behind Kestrel's headers.</summary>
    public static async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var document = new Document();
        connection.Features.Set(document);
        await next(connection);
        if (document.Json is { } json)
        {
            await connection.Transport.Output.WriteAsync(json);
        }
    }

    /// <summary>Waits for refusals.</summary>
    /// <param name="server">Where Kestrel reports them. It asks what is listened for, so that nothing else is reported.</param>
    public static void Observe(DiagnosticListener server) => server.Subscribe(new RefusedRequests(), name => name == Refused);

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is not { Key: Refused, Value: IFeatureCollection features }
            || features.Get<IHttpResponseFeature>() is not { HasStarted: false } response
            || features.Get<Document>() is not { } document)
        {
            return;
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(
            new ProblemDetails
            {
                Title = ReasonPhrases.GetReasonPhrase(response.StatusCode),
                Status = response.StatusCode,
                // Kestrel leaves out what it was sent.
                Detail = features.Get<IBadRequestExceptionFeature>()?.Error?.Message.Replace(": ''", ".", StringComparison.Ordinal),
            });
        response.Headers.ContentType = "application/problem+json";
        response.Headers.ContentLength = json.Length;
        response.Headers.Connection = "close";
        document.Json = features.Get<IHttpRequestFeature>()?.Method == HttpMethods.Head ? null : json;

        // Kestrel would reset the headers, but not once they are written.
        _ = features.Get<IHttpResponseBodyFeature>()?.StartAsync();
    }

    public void OnCompleted()
    {
        // The host ends.
    }

    public void OnError(Exception error)
    {
        // Kestrel reports none.
    }

    private sealed class Document
    {
        public byte[]? Json { get; set; }
    }
}
