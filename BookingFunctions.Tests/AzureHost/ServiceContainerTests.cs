using System.Reflection;
using BookingFunctions.Saga;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Tests.AzureHost;

/// <summary>The container that <c>Program.cs</c> builds for the Azure Functions host.</summary>
public class ServiceContainerTests
{
    private const BindingFlags AllMethods =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void Container_with_validated_scopes_makes_each_function_class()
    {
        var classes = typeof(BookTrip).Assembly.GetTypes()
            .Where(type => !type.IsAbstract)
            .Where(type => type.GetMethods(AllMethods).Any(method => method.IsDefined(typeof(FunctionAttribute))))
            .ToList();
        using var host = Build();

        Assert.NotEmpty(classes);
        Assert.All(classes, functions =>
        {
            // As the worker makes the instance of each invocation.
            using var invocation = host.Services.CreateScope();
            Assert.IsType(functions, ActivatorUtilities.CreateInstance(invocation.ServiceProvider, functions));
        });
    }

    [Theory]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=00000000-0000-0000-0000-000000000001")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4317")]
    public void Container_with_an_exporter_of_telemetry_is_built(string setting, string value)
    {
        using var host = Build($"--{setting}={value}");

        Assert.NotNull(host.Services.GetRequiredService<OpenTelemetry.Trace.TracerProvider>());
    }

    [Fact]
    public void Frameworks_are_logged_from_warnings_on_and_the_app_from_information_on()
    {
        using var host = Build();
        var loggers = host.Services.GetRequiredService<ILoggerFactory>();

        string[] categories = ["Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.DurableTask.Client", "System.Net.Http.HttpClient"];
        foreach (var category in categories)
        {
            Assert.False(loggers.CreateLogger(category).IsEnabled(LogLevel.Information));
            Assert.True(loggers.CreateLogger(category).IsEnabled(LogLevel.Warning));
        }

        Assert.True(loggers.CreateLogger("BookingFunctions.Saga").IsEnabled(LogLevel.Information));
    }

    [Fact]
    public void Settings_without_a_storage_account_are_refused_by_name()
    {
        var error = Assert.Throws<InvalidOperationException>(() => AzureWorker.CreateBuilder([]));

        Assert.Contains("AzureWebJobsStorage", error.Message, StringComparison.Ordinal);
    }

    private static IHost Build(params string[] settings)
    {
        var builder = AzureWorker.CreateBuilder(["--AzureWebJobsStorage=UseDevelopmentStorage=true", .. settings]);
        var options = new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true };
        builder.ConfigureContainer(new DefaultServiceProviderFactory(options));
        return builder.Build();
    }
}
