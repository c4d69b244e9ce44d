using BookingFunctions.Local.Backends;
using LocalFunctionsHost;

namespace BookingFunctions.Tests.LocalFunctionsHost.Start;

/// <summary>What a process that runs the host prints and returns.</summary>
public sealed class RunTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly HostOutput output = new();
    private readonly StringWriter errors = new();

    public void Dispose()
    {
        output.Dispose();
        errors.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task It_says_where_it_listens_where_its_file_is_and_what_to_try_and_stops_with_0()
    {
        using var stop = new CancellationTokenSource();
        var builder = Builder("--urls", "http://127.0.0.1:0", "--data", folder.File("deep/er/state.db"));
        builder.TryIt = "curl {url}/api/trips";
        var running = builder.RunAsync(stop.Token);
        await Task.WhenAny(output.Printed, running).WaitAsync(TestHost.Patience);
        await stop.CancelAsync();

        Assert.Equal(0, await running);
        Assert.Equal("", errors.ToString());
        Assert.Matches(
            @"^Functions listen on (http://127\.0\.0\.1:\d+)\s+State is kept in .*deep.er.state\.db\s+Try: curl \1/api/trips\s+$",
            output.ToString());
        Assert.True(File.Exists(folder.File("deep/er/state.db")));
    }

    [Fact]
    public async Task It_prints_its_options()
    {
        Assert.Equal(0, await Builder("--help").RunAsync());
        Assert.Contains("--retention", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Development", "--environment", "Development")]
    [InlineData("Production", "--environment=Production")]
    public void The_option_says_what_environment_it_is(string environment, params string[] args) =>
        Assert.Equal(environment, Builder(args).Environment.EnvironmentName);

    [Fact]
    public async Task An_unknown_option_is_refused_with_those_that_there_are()
    {
        Assert.Equal(1, await Builder("--port", "7071").RunAsync());
        Assert.Contains("'--port' is unknown", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("--urls URLS", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_another_host_has_open_is_left_to_it()
    {
        await using var first = Builder("--urls", "http://127.0.0.1:0", "--data", folder.File("state.db")).Build();
        await first.StartAsync();

        await FailsAsync(folder.File("state.db"), "--urls", "http://127.0.0.1:0", "--data", folder.File("state.db"));

        await first.StopAsync();
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        await using var first = Builder("--urls", "http://127.0.0.1:0", "--data", folder.File("first.db")).Build();
        await first.StartAsync();

        await FailsAsync(first.Url, "--urls", first.Url, "--data", folder.File("second.db"));

        await first.StopAsync();
    }

    [Fact]
    public async Task A_host_json_that_can_not_be_read_is_named()
    {
        folder.Write("host.json", "{");

        await FailsAsync(folder.File("host.json"), "--urls", "http://127.0.0.1:0", "--data", folder.File("state.db"));
    }

    [Fact]
    public async Task A_file_that_is_no_store_is_left_alone()
    {
        var file = folder.Write("notes.txt", "not a database, but long enough to be taken for one " + new string('x', 4096));

        await FailsAsync(file, "--urls", "http://127.0.0.1:0", "--data", file);
    }

    [Fact]
    public async Task Other_ways_to_name_addresses_can_not_pass_by_the_check() =>
        await FailsAsync("Kestrel:Endpoints", "--Kestrel:Endpoints:Http:Url", "http://0.0.0.0:0", "--data", folder.File("state.db"));

    [Fact]
    public async Task Other_machines_can_not_call_a_host_without_keys() =>
        await FailsAsync("Keys__Master", "--urls", "http://0.0.0.0:0", "--data", folder.File("state.db"));

    private async Task FailsAsync(string said, params string[] args)
    {
        Assert.Equal(1, await Builder(args).RunAsync().WaitAsync(TestHost.Patience));
        Assert.Equal("", output.ToString());
        Assert.Contains(said, errors.ToString(), StringComparison.Ordinal);
        Assert.Single(errors.ToString().Trim().Split('\n'));
    }

    private LocalFunctionsHostBuilder Builder(params string[] args)
    {
        var builder = new LocalFunctionsHostBuilder(args, () => [], BackendExtensions.Options)
        {
            HostFile = folder.File("host.json"),
            Output = output,
            ErrorOutput = errors,
        };
        builder.UseBackend();
        return builder;
    }
}
