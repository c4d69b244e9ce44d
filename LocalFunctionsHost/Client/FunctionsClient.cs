using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace LocalFunctionsHost.Client;

/// <summary>
/// Wraps a client as the Azure worker wraps the one of a <c>[DurableClient]</c> parameter, so that
/// <c>CreateHttpManagementPayload</c> and <c>CreateCheckStatusResponseAsync</c> know the host's address and key.
/// </summary>
internal static class FunctionsClient
{
    private const string TypeName = "Microsoft.Azure.Functions.Worker.FunctionsDurableTaskClient";

    // Internal in the worker's extension: its constructor takes the inner client, the query of all addresses, the management API's address
    // and the client that removes large payloads, which backends here keep themselves.
    private static readonly ConstructorInfo Constructor = Find();

    /// <param name="inner">The client that does the work.</param>
    /// <param name="query">The query of every address, such as <c>code=KEY</c>.</param>
    /// <param name="managementUrl">The management API's address, without a slash at its end.</param>
    public static DurableTaskClient Wrap(DurableTaskClient inner, string query, string managementUrl) =>
        (DurableTaskClient)Constructor.Invoke([inner, query, managementUrl, null]);

    private static ConstructorInfo Find()
    {
        var assembly = typeof(DurableClientAttribute).Assembly;
        return assembly.GetType(TypeName)?.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .SingleOrDefault(constructor => constructor.GetParameters() is [var inner, var query, var url, _]
                && inner.ParameterType == typeof(DurableTaskClient)
                && query.ParameterType == typeof(string)
                && url.ParameterType == typeof(string))
            ?? throw new MissingMemberException(
                $"{assembly.GetName()} has no {TypeName} with the constructor (client, query, address, purge client): "
                + "this host was made for Microsoft.Azure.Functions.Worker.Extensions.DurableTask 1.21.1.");
    }
}
