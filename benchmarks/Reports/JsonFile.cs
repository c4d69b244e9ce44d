using System.Text.Json;
using System.Text.Json.Serialization;

namespace BookingFunctions.Benchmarks.Reports;

/// <summary>Figures as a file, to be compared with others.</summary>
internal static class JsonFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Writes a file.</summary>
    public static Task WriteAsync<T>(string path, T figures, CancellationToken cancellation) =>
        File.WriteAllTextAsync(path, JsonSerializer.Serialize(figures, Options) + "\n", cancellation);

    /// <summary>Reads a file.</summary>
    public static async Task<T> ReadAsync<T>(string path, CancellationToken cancellation) =>
        JsonSerializer.Deserialize<T>(await File.ReadAllTextAsync(path, cancellation), Options)!;
}
