using System.Globalization;
using LocalFunctionsHost.Backends;
using LocalFunctionsHost.Functions;
using LocalFunctionsHost.Keys;
using LocalFunctionsHost.Management;
using LocalFunctionsHost.Pipeline;
using LocalFunctionsHost.Settings;
using LocalFunctionsHost.Worker;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalFunctionsHost;

/// <summary>
/// A host to be started. Its services hold the <see cref="IOrchestrationBackend"/>, the <see cref="HostSettings"/> and the
/// <see cref="Microsoft.DurableTask.Client.DurableTaskClient"/> beside what the app adds.
/// </summary>
public sealed class LocalFunctionsHostBuilder
{
    private readonly HostArguments arguments;
    private readonly Func<IEnumerable<Type>> types;
    private readonly WebApplicationBuilder web;
    private readonly string usage;
    private readonly HostStartException? error;

    internal LocalFunctionsHostBuilder(string[] args, Func<IEnumerable<Type>> types, IReadOnlyList<HostOption>? options = null)
    {
        this.types = types;
        usage = HostArguments.DescribeUsage(options ?? []);
        arguments = HostArguments.Parse(args, options ?? []);
        (web, error) = HostDefaults.CreateWeb(arguments.Settings.GetValueOrDefault(HostArguments.EnvironmentKey));
        if (arguments.Error is not null)
        {
            error = new HostStartException($"{arguments.Error}{System.Environment.NewLine}{usage}");
        }

        web.Configuration.AddInMemoryCollection(arguments.Settings);
    }

    /// <summary>The services, to which the app adds its own.</summary>
    public IServiceCollection Services => web.Services;

    /// <summary>The settings, from appsettings.json, the environment and the command line, the latter winning.</summary>
    public IConfigurationManager Configuration => web.Configuration;

    /// <summary>
    /// What the host runs in: <c>--environment</c>, or else the variables <c>DOTNET_ENVIRONMENT</c> and <c>ASPNETCORE_ENVIRONMENT</c>;
    /// without them Production.
    /// </summary>
    public IHostEnvironment Environment => web.Environment;

    /// <summary>
    /// Makes the backend when the host starts, of the host's services and of what <c>host.json</c> says. It throws a
    /// <see cref="HostStartException"/> if the storage can't be used, and is disposed after the host has stopped. It has to be set.
    /// </summary>
    public Func<IServiceProvider, HostSettings, IOrchestrationBackend>? Backend { get; set; }

    /// <summary>A command line to try, which start-up prints; <c>{url}</c> in it becomes the host's address. Null for none.</summary>
    public string? TryIt { get; set; }

    /// <summary>What logs call an instance, made of its id; null for the id itself.</summary>
    public Func<string, string>? InstanceNameInLogs { get; set; }

    internal string HostFile { get; set; } = Path.Combine(AppContext.BaseDirectory, "host.json");

    internal TextWriter Output { get; set; } = Console.Out;

    internal TextWriter ErrorOutput { get; set; } = Console.Error;

    /// <summary>Runs the host until Ctrl+C, SIGTERM, or the token; then it finishes what runs and stops within ten seconds.</summary>
    /// <param name="cancellation">Stops the host as well.</param>
    /// <returns>
    /// The process's exit code: 0 after a stop, 1 if the host could not start, with the reason on the standard error output.
    /// </returns>
    public async Task<int> RunAsync(CancellationToken cancellation = default)
    {
        if (arguments.Help)
        {
            await Output.WriteLineAsync(usage);
            return 0;
        }

        try
        {
            await using var app = Build();
            await app.StartAsync(cancellation);
            await Output.WriteLineAsync(app.Greeting(TryIt));
            await app.WaitForStopAsync(cancellation);
            await app.StopAsync();
            return 0;
        }
        catch (Exception e)
        {
            await ErrorOutput.WriteLineAsync(StartErrors.Explain(e));
            return 1;
        }
    }

    /// <summary>Builds the host without starting it; the builder is used up.</summary>
    /// <exception cref="HostStartException">Something about the settings or the functions is wrong.</exception>
    internal LocalFunctionsApp Build()
    {
        if (error is not null)
        {
            throw error;
        }

        var settings = HostSettings.Read(HostFile);
        var catalog = FunctionDiscovery.Find(types());
        var keys = FunctionKeySettings.Read(Configuration, [.. catalog.Http.Select(function => function.Method.Name)]);
        var urls = ListenAddresses.Check(Configuration[HostArguments.UrlsKey], keys.AreSet);
        if (Configuration.GetSection("Kestrel:Endpoints").GetChildren().Any())
        {
            throw new HostStartException(
                "The settings have Kestrel:Endpoints, which would pass by --urls. Remove them, and name the addresses by --urls.");
        }

        settings = settings with { Retention = ReadRetention() };
        web.WebHost.UseUrls(urls);
        HostDefaults.Configure(web, settings);
        AddRuntime(settings, catalog, keys, new HostAddress { Url = ListenAddresses.ForClients(urls[0]) });

        var host = new LocalFunctionsApp(web.Build());
        host.MapRequests(settings, catalog);
        return host;
    }

    private TimeSpan? ReadRetention() => Configuration[HostArguments.RetentionKey] switch
    {
        null or "" => null,
        var text when TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var time) && time > TimeSpan.Zero => time,
        var text => throw new HostStartException(
            $"--retention is '{text}', but it must be a time above zero as D.HH:MM:SS, such as 30.00:00:00 for 30 days."),
    };

    private void AddRuntime(HostSettings settings, FunctionCatalog catalog, FunctionKeys keys, HostAddress address)
    {
        var backend = Backend ?? throw new InvalidOperationException($"{nameof(Backend)} has to be set before the host is built.");
        Services.AddSingleton(services => backend(services, settings));
        Services.AddSingleton(settings);
        Services.AddSingleton(keys);
        Services.AddSingleton(address);
        Services.TryAddSingleton(TimeProvider.System);
        var nameInLogs = InstanceNameInLogs ?? (id => id);
        WorkerServices.Add(Services, settings);
        ManagementServices.Add(Services);
        Services.AddSingleton<RequestDrain>();
        Services.AddSingleton<HttpErrors>();

        // After the app's own services, so that theirs have started when orchestrations go on, and stop after them.
        Services.AddHostedService(services => new WorkerService(
            services.GetRequiredService<IOrchestrationBackend>(),
            catalog,
            settings,
            services,
            services.GetRequiredService<ILoggerFactory>(),
            services.GetRequiredService<TimeProvider>(),
            nameInLogs));
    }
}
