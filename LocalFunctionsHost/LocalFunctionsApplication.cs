using System.Reflection;
using LocalFunctionsHost.Settings;

namespace LocalFunctionsHost;

/// <summary>Runs an Azure Durable Functions app in this process, without the Azure Functions host.</summary>
public static class LocalFunctionsApplication
{
    /// <summary>Begins a host.</summary>
    /// <param name="args">
    /// The command line; <c>--help</c> lists its options. <see cref="LocalFunctionsHostBuilder.RunAsync"/> reports what is wrong with it.
    /// </param>
    /// <param name="options">The options that the program adds to the host's own; its backend reads them from the configuration.</param>
    /// <param name="functions">The assemblies whose <c>[Function]</c> methods are the app.</param>
    /// <returns>The builder, to add the app's services to.</returns>
    public static LocalFunctionsHostBuilder CreateBuilder(string[] args, IReadOnlyList<HostOption> options, params Assembly[] functions)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(functions);
        return new LocalFunctionsHostBuilder(args, () => functions.SelectMany(assembly => assembly.GetTypes()), options);
    }
}
