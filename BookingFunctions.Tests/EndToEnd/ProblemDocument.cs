using System.Text.Json;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>What a refused request gets.</summary>
internal static class ProblemDocument
{
    /// <summary>Reads a problem document, and checks that it is a good one.</summary>
    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal((int)response.StatusCode, problem.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty("title").GetString()));
        return problem;
    }
}
