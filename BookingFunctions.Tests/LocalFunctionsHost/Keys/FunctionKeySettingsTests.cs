using LocalFunctionsHost.Keys;
using LocalFunctionsHost.Settings;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace BookingFunctions.Tests.LocalFunctionsHost.Keys;

/// <summary>Which keys the settings give, and which settings are refused.</summary>
public sealed class FunctionKeySettingsTests
{
    private const string Master = "master-key-0123456789";
    private const string Secret = "some-secret-0123456789";

    [Fact]
    public void Without_keys_nothing_is_checked()
    {
        var keys = Read();

        Assert.False(keys.AreSet);
        Assert.True(keys.Opens(null, AuthorizationLevel.Admin));
        Assert.True(keys.OpensManagement(null));
    }

    [Fact]
    public void The_management_API_has_a_key_of_its_own_that_stays_as_long_as_the_master_key_does()
    {
        var code = Read(("Master", Master)).ManagementCode;

        Assert.Equal(64, code.Length);
        Assert.Equal(code, Read(("Master", Master), ("Host:shop", Secret)).ManagementCode);
        Assert.NotEqual(code, Read(("Master", Master + "1")).ManagementCode);
        Assert.Equal(Secret, Read(("Master", Master), ("System:DurableTask_Extension", Secret)).ManagementCode);
    }

    [Fact]
    public void One_value_can_be_a_key_of_several_functions()
    {
        var keys = Read(("Master", Master), ("Functions:START:web", Secret), ("Functions:Read:Web", Secret));

        Assert.Equal("web", keys.Find(Secret, "Start")!.Name);
        Assert.Equal("Web", keys.Find(Secret, "Read")!.Name);
        Assert.Null(keys.Find(Secret, "Cancel"));
        Assert.Null(keys.Find(Secret, null));
    }

    [Theory]
    [InlineData("Keys__Master", "Host:shop", Secret)]
    [InlineData("no key: there are", "Masters", Secret)]
    [InlineData("no key: there are", "Host:shop:more", Secret)]
    [InlineData("no key: there are", "Functions:Start", Secret)]
    [InlineData("there are Start, Read, Cancel", "Functions:Strat:web", Secret)]
    [InlineData("Keys__Host__shop has to be", "Host:shop", "")]
    [InlineData("Keys__Host__shop has to be", "Host:shop", "too-short")]
    [InlineData("Keys__Host__shop has to be", "Host:shop", "with blanks in it, though long")]
    [InlineData("Keys__Host__shop has to be", "Host:shop", "schlüssel-0123456789")]
    public void Wrong_settings_are_named_but_keys_are_not_shown(string said, string name, string value)
    {
        (string, string)[] settings = name == "Host:shop" && value == Secret ? [(name, value)] : [("Master", Master), (name, value)];

        var error = Assert.Throws<HostStartException>(() => Read(settings));

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", error.Message, StringComparison.Ordinal);
        Assert.True(value.Length == 0 || !error.Message.Contains(value, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Master", "Host:shop")]
    [InlineData("Host:shop", "Host:office")]
    [InlineData("Host:web", "Functions:Start:web")]
    [InlineData("Functions:Start:web", "Functions:Read:office")]
    [InlineData("Host:web", "System:durabletask_extension")]
    public void A_value_has_one_name(string one, string other)
    {
        (string, string)[] settings = [(one, Secret), (other, Secret)];
        settings = one == "Master" ? settings : [("Master", Master), .. settings];

        var error = Assert.Throws<HostStartException>(() => Read(settings));

        Assert.Contains("same value", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.Message, StringComparison.Ordinal);
    }

    private static FunctionKeys Read(params (string Name, string Value)[] settings) => FunctionKeySettings.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Keys:{setting.Name}", (string?)setting.Value)))
            .Build(),
        ["Start", "Read", "Cancel"]);
}
