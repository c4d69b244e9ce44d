using LocalFunctionsHost.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Tests.LocalFunctionsHost.Telemetry;

/// <summary>What the logs have, and what they don't.</summary>
public sealed partial class LogTests
{
    private const string Id = "alice-jones-secret-id";

    [Fact]
    public async Task A_failed_activity_is_logged_by_its_type_and_its_instances_name_and_the_framework_is_quiet()
    {
        var lines = await RunAsync("Information");

        Assert.Contains(lines, line => line.Text == "The activity 'Refuse' of '...cret-id' failed: System.InvalidOperationException");
        Assert.DoesNotContain(lines, line => line.Category.StartsWith("DurableTask", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Text.Contains("supplier", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Text.Contains(Id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_frameworks_own_lines_name_no_instance_and_give_no_text_of_a_failure()
    {
        var lines = (await RunAsync("Trace", "DurableTask.Core")).Where(line => line.Category == "DurableTask.Core").ToList();

        Assert.Contains(lines, line => line.Text.StartsWith("TaskActivityFailure: InstanceId ...cret-id", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Text.Contains(Id, StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Text.Contains("supplier", StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_of_a_backend_name_no_instance()
    {
        using var lines = new LineLogger();
        using var inner = LoggerFactory.Create(logging => logging.AddProvider(lines));
        var loggers = new FrameworkLoggerFactory(inner, _ => "...cret-id");

        LogAbandoned(loggers.CreateLogger("backend"), Id, 3);

        Assert.Equal(["A turn of ...cret-id was abandoned 3 times."], lines.Of("backend"));
    }

    [LoggerMessage(1, LogLevel.Warning, "A turn of {InstanceId} was abandoned {Count} times.")]
    private static partial void LogAbandoned(ILogger logger, string instanceId, int count);

    private static async Task<IReadOnlyList<(string Category, LogLevel Level, string Text)>> RunAsync(
        string level, string category = "Default")
    {
        using var lines = new LineLogger();
        await using (var host = await TestHost.StartAsync([typeof(TracedFunctions)], "{}", builder =>
        {
            builder.Configuration["Logging:LogLevel:Default"] = "Information";
            builder.Configuration[$"Logging:LogLevel:{category}"] = level;
            builder.Services.AddSingleton<ILoggerProvider>(lines);
            builder.InstanceNameInLogs = id => $"...{id[^7..]}";
        }))
        {
            var ended = await host.RunAsync("Fails", id: Id);
            Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        }

        return lines.Lines;
    }
}
