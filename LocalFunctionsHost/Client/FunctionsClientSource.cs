using LocalFunctionsHost.Http;
using LocalFunctionsHost.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace LocalFunctionsHost.Client;

/// <summary>Gives functions the client of their <c>[DurableClient]</c> parameters, whose links begin with the request's address.</summary>
/// <param name="client">The client that does the work.</param>
/// <param name="links">The addresses under which instances are managed.</param>
/// <param name="address">Where the host can be reached, which is known for sure once it has started.</param>
internal sealed class FunctionsClientSource(LocalDurableTaskClient client, ManagementLinks links, HostAddress address)
{
    private volatile Wrapped? current;

    /// <summary>Gets the client of a function that isn't called by HTTP.</summary>
    public DurableTaskClient Get() => Get(address.Url);

    /// <summary>Gets the client of a function that answers a request.</summary>
    public DurableTaskClient Get(HttpRequest request) => Get(RequestAddress.Of(request));

    private DurableTaskClient Get(string url)
    {
        if (current is not { } known || known.Url != url)
        {
            known = new Wrapped(url, FunctionsClient.Wrap(client, links.ClientQuery, url + ManagementLinks.BasePath));
            current = known;
        }

        return known.Client;
    }

    private sealed record Wrapped(string Url, DurableTaskClient Client);
}
