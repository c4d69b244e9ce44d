using LocalFunctionsHost;

namespace BookingFunctions.Tests.LocalFunctionsHost.Management;

/// <summary>The keys that the exchanges name: <c>extension</c>, <c>master</c>, <c>function</c>, <c>unknown</c> and <c>none</c>.</summary>
internal static class ExchangeKeys
{
    private const string None = "none";

    private static readonly Dictionary<string, string> Values = new()
    {
        ["extension"] = "key-of-the-extension-0123456789abcdef",
        ["master"] = "key-of-the-master-0123456789abcdef",
        ["function"] = "key-of-functions-0123456789abcdef",
        ["unknown"] = "key-of-no-one-0123456789abcdef",
    };

    /// <summary>Gives a host its keys.</summary>
    public static void Set(LocalFunctionsHostBuilder builder)
    {
        builder.Configuration["Keys:Master"] = Values["master"];
        builder.Configuration["Keys:Host:default"] = Values["function"];
        builder.Configuration["Keys:System:durabletask_extension"] = Values["extension"];
    }

    /// <summary>Sends a key as a header; none for <c>none</c>.</summary>
    public static void Add(HttpRequestMessage request, string name)
    {
        if (name != None)
        {
            request.Headers.Add("x-functions-key", Values[name]);
        }
    }

    /// <summary>Puts the keys into an address that names them as <c>(name)</c>.</summary>
    public static string Fill(string path) =>
        Values.Aggregate(path, (filled, key) => filled.Replace($"({key.Key})", key.Value, StringComparison.Ordinal));
}
