using LocalRuntime.Storage;
using Microsoft.AspNetCore.Connections;

namespace LocalRuntime.Hosting;

/// <summary>Says in a line why the host could not start.</summary>
internal static class StartErrors
{
    /// <returns>The line, or null for a failure that nobody expected.</returns>
    public static string? Explain(Exception failure) => failure switch
    {
        HostStartException => failure.Message,
        StoreOpenException => failure.Message,
        IOException { InnerException: AddressInUseException } =>
            $"{failure.Message.TrimEnd('.')}. Stop the other program, or name another address by --urls http://localhost:PORT.",
        IOException or UnauthorizedAccessException => failure.Message,
        _ => null,
    };
}
