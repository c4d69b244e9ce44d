using System.Net.Http.Json;
using System.Text.Json;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>The calls that make suppliers misbehave.</summary>
internal static class SupplierCalls
{
    /// <summary>How the suppliers are doing, in the order of the legs.</summary>
    public static async Task<IReadOnlyList<(string Leg, string Condition, int? Seconds)>> SuppliersAsync(this LocalApp app)
    {
        var list = await app.Http.GetFromJsonAsync<JsonElement>(new Uri("what-if/suppliers", UriKind.Relative));
        return
        [
            .. from supplier in list.GetProperty("suppliers").EnumerateArray()
               let seconds = supplier.GetProperty("seconds")
               select (supplier.GetProperty("leg").GetString()!, supplier.GetProperty("condition").GetString()!,
                   seconds.ValueKind == JsonValueKind.Null ? (int?)null : seconds.GetInt32()),
        ];
    }

    /// <summary>Makes a supplier behave so.</summary>
    public static async Task ChangeSupplierAsync(this LocalApp app, string leg, string condition, int? seconds = null)
    {
        using var response = await app.Http.PutAsJsonAsync(
            new Uri($"what-if/suppliers/{leg}", UriKind.Relative), new { condition, seconds });
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Resets all suppliers.</summary>
    public static async Task ResetSuppliersAsync(this LocalApp app)
    {
        using var response = await app.Http.DeleteAsync(new Uri("what-if/suppliers", UriKind.Relative));
        response.EnsureSuccessStatusCode();
    }
}
