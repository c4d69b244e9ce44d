using System.Globalization;
using BookingFunctions.Tests.EndToEnd;
using BookingFunctions.Tests.Npm;

namespace BookingFunctions.Tests.Contract;

/// <summary>Sends requests of all kinds that the OpenAPI document describes, and nearly describes.</summary>
internal static class Fuzzer
{
    private const string Key = "master-key-0123456789";

    /// <summary>
    /// Starts the application and sends them. It fails if an answer isn't one that the document has, or if one that the document has
    /// never comes; it says which seed made the requests, and how to send the one that failed again.
    /// </summary>
    public static async Task RunAsync(IAppState state, int requests)
    {
        await NpmPackage.ApiChecks.EnsureInstalledAsync();
        await using var app = await LocalApp.StartAsync(state, ("Keys__Master", Key));
        app.Http.DefaultRequestHeaders.Add("x-functions-key", Key);

        var (exitCode, output) = await NpmPackage.ApiChecks.RunAsync(
            "fuzz.mjs", app.Address.ToString(), Key, requests.ToString(CultureInfo.InvariantCulture));

        Assert.True(exitCode == 0, $"{output}\n{app.Output}");
    }
}
