using System.Net;
using Microsoft.AspNetCore.Http;

namespace LocalFunctionsHost.Settings;

/// <summary>The addresses to listen on, checked.</summary>
internal static class ListenAddresses
{
    public const string Default = "http://localhost:7071";

    /// <summary>Refuses what is no address, and what other machines can reach if no keys are checked.</summary>
    /// <param name="urls">The addresses, separated by ';'; null or empty for the default.</param>
    /// <param name="hasKeys">Whether callers have to show a key.</param>
    /// <returns>The addresses.</returns>
    /// <exception cref="HostStartException">An address is refused.</exception>
    public static string[] Check(string? urls, bool hasKeys)
    {
        var list = (string.IsNullOrWhiteSpace(urls) ? Default : urls)
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var url in list)
        {
            BindingAddress address;
            try
            {
                address = BindingAddress.Parse(url);
            }
            catch (FormatException e)
            {
                throw new HostStartException($"--urls names '{url}', which is no address to listen on; {Default} is one.", e);
            }

            if (address.Scheme != "http" || address.PathBase.Length > 0 || address.IsUnixPipe || address.IsNamedPipe)
            {
                throw new HostStartException($"--urls names '{url}', but it takes http://HOST:PORT without a path; {Default} is one.");
            }

            if (address.Port == 0 && address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            {
                throw new HostStartException(
                    $"--urls names '{url}', but a free port is found for one address only: name http://127.0.0.1:0.");
            }

            if (!hasKeys && !IsLoopback(address.Host))
            {
                throw new HostStartException(
                    $"--urls names '{url}', which other machines can reach, but there are no keys that callers have to show. "
                    + "Set Keys__Master, or listen on http://localhost:PORT.");
            }
        }

        return list;
    }

    /// <summary>An address as a client on this machine writes it.</summary>
    /// <param name="url">An address that the server listens on.</param>
    public static string ForClients(string url) => url
        .Replace("//[::]", "//localhost", StringComparison.Ordinal)
        .Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal)
        .Replace("//*", "//localhost", StringComparison.Ordinal)
        .Replace("//+", "//localhost", StringComparison.Ordinal)
        .TrimEnd('/');

    /// <summary>An address as start-up prints it.</summary>
    /// <param name="url">An address that the server listens on.</param>
    public static string Describe(string url)
    {
        var (listening, here) = (url.TrimEnd('/'), ForClients(url));
        return listening == here ? here : $"{listening} (every address of this machine; here {here})";
    }

    /// <summary>Whether a host name is one of this machine's own, which no other machine can reach.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
