using LocalFunctionsHost.Management;
using Microsoft.DurableTask.Client;

namespace LocalFunctionsHost.Client;

/// <summary>Gives functions the client of their <c>[DurableClient]</c> parameters.</summary>
/// <param name="client">The client that does the work.</param>
/// <param name="links">The addresses under which instances are managed.</param>
/// <param name="address">Where the host can be reached, which is known for sure once it has started.</param>
internal sealed class FunctionsClientSource(LocalDurableTaskClient client, ManagementLinks links, HostAddress address)
{
    private volatile Wrapped? current;

    /// <summary>Gets the client.</summary>
    public DurableTaskClient Get()
    {
        var url = address.Url;
        if (current is not { } known || known.Url != url)
        {
            known = new Wrapped(url, FunctionsClient.Wrap(client, links.ClientQuery, url + ManagementApi.BasePath));
            current = known;
        }

        return known.Client;
    }

    private sealed record Wrapped(string Url, DurableTaskClient Client);
}
