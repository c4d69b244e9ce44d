using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace LocalFunctionsHost.Management;

/// <summary>Answers of the management API: JSON, or nothing.</summary>
internal static class ManagementAnswer
{
    // A payload may be 64 levels deep, and is shown some levels down.
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 128 };

    public static Task WriteAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        http.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    public static Task WriteAsync(HttpContext http, int status, JsonNode? body)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, Options);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = bytes.Length;
        return http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }

    /// <summary>An error as the Azure host words it.</summary>
    public static Task WriteErrorAsync(HttpContext http, int status, string message, Exception? cause = null)
    {
        var body = new JsonObject { ["Message"] = message };
        if (cause is not null)
        {
            body["ExceptionMessage"] = cause.Message;
            body["ExceptionType"] = cause.GetType().FullName;
            body["StackTrace"] = cause.StackTrace;
        }

        return WriteAsync(http, status, body);
    }
}
