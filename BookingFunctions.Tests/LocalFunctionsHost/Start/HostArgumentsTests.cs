using LocalFunctionsHost.Settings;

namespace BookingFunctions.Tests.LocalFunctionsHost.Start;

/// <summary>What the command line may say.</summary>
public sealed class HostArgumentsTests
{
    private static readonly HostOption[] More = [new("data", "FILE", "the file")];

    [Theory]
    [InlineData("--urls", "http://127.0.0.1:1", "--data", "a.db")]
    [InlineData("--urls=http://127.0.0.1:1", "--data=a.db")]
    [InlineData("--URLS", "http://127.0.0.1:1", "--Data=a.db")]
    public void Options_are_settings(params string[] args)
    {
        var arguments = HostArguments.Parse(args, More);

        Assert.Null(arguments.Error);
        Assert.Equal("http://127.0.0.1:1", arguments.Settings["urls"]);
        Assert.Equal("a.db", arguments.Settings["data"]);
    }

    [Fact]
    public void Any_setting_with_a_section_can_be_given()
    {
        var arguments = HostArguments.Parse(["--Saga:Attempts", "3", "--Logging:LogLevel:Default=Debug", "--urls", "x"], More);

        Assert.Null(arguments.Error);
        Assert.Equal("3", arguments.Settings["Saga:Attempts"]);
        Assert.Equal("Debug", arguments.Settings["Logging:LogLevel:Default"]);
    }

    [Theory]
    [InlineData("'--port' is unknown", "--port", "7071")]
    [InlineData("'7071' is unknown", "7071")]
    [InlineData("'--urls' needs a value", "--urls")]
    [InlineData("'--urls' needs a value", "--urls", "--data", "a.db")]
    [InlineData("'--data' needs a value", "--data=")]
    public void Other_arguments_are_refused(string said, params string[] args) =>
        Assert.Contains(said, HostArguments.Parse(args, More).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_is_an_option(string option) => Assert.True(HostArguments.Parse(["--data", "a.db", option], More).Help);
}
