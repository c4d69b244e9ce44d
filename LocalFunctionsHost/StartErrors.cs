using System.Net.Sockets;
using LocalFunctionsHost.Settings;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace LocalFunctionsHost;

/// <summary>Says why the host could not start.</summary>
internal static class StartErrors
{
    /// <returns>A line, or one for each reason, if the user can remove it; otherwise the exception with its stack trace.</returns>
    public static string Explain(Exception failure) => failure switch
    {
        HostStartException or OptionsValidationException => failure.Message,

        // How options that are validated on start say that more than one section is wrong.
        AggregateException several when several.InnerExceptions.All(e => e is OptionsValidationException) =>
            string.Join(Environment.NewLine, several.InnerExceptions.Select(e => e.Message)),
        IOException { InnerException: AddressInUseException } =>
            $"{failure.Message.TrimEnd('.')}. Stop the other program, or name another address by --urls http://localhost:PORT.",
        SocketException => $"An address that --urls names can't be listened on: {failure.Message}. Name another one.",
        IOException or UnauthorizedAccessException => failure.Message,

        // The configuration binder's way to name a setting that can't be read.
        InvalidOperationException { InnerException: FormatException or ArgumentException or OverflowException } => failure.Message,
        _ => failure.ToString(),
    };
}
