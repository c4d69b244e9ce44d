using LocalFunctionsHost.Settings;

namespace BookingFunctions.Tests.LocalFunctionsHost.Start;

/// <summary>Where the host listens, and where it doesn't.</summary>
public sealed class ListenAddressesTests
{
    [Theory]
    [InlineData(null, "http://localhost:7071")]
    [InlineData(" ", "http://localhost:7071")]
    [InlineData("http://127.0.0.1:0", "http://127.0.0.1:0")]
    [InlineData("http://[::1]:80; http://LOCALHOST:81", "http://[::1]:80", "http://LOCALHOST:81")]
    public void It_listens_on_this_machine(string? urls, params string[] addresses) =>
        Assert.Equal(addresses, ListenAddresses.Check(urls, false));

    [Theory]
    [InlineData("http://0.0.0.0:7071")]
    [InlineData("http://*:7071")]
    [InlineData("http://[::]:7071")]
    [InlineData("http://192.168.1.7:7071")]
    [InlineData("http://localhost.example.com:7071")]
    [InlineData("http://localhost:7071;http://+:7072")]
    public void It_listens_to_other_machines_only_with_keys(string urls)
    {
        var error = Assert.Throws<HostStartException>(() => ListenAddresses.Check(urls, false));

        Assert.Contains("Keys__Master", error.Message, StringComparison.Ordinal);
        Assert.Equal(urls.Split(';'), ListenAddresses.Check(urls, true));
    }

    [Theory]
    [InlineData("7071")]
    [InlineData("ftp://localhost:7071")]
    [InlineData("https://localhost:7071")]
    [InlineData("http://localhost:7071/api")]
    [InlineData("http://unix:/tmp/socket")]
    [InlineData("http://localhost:0")]
    public void Other_addresses_are_refused(string urls) =>
        Assert.Throws<HostStartException>(() => ListenAddresses.Check(urls, true));

    [Theory]
    [InlineData("http://[::]:7071", "http://localhost:7071")]
    [InlineData("http://0.0.0.0:7071", "http://127.0.0.1:7071")]
    [InlineData("http://127.0.0.1:7071/", "http://127.0.0.1:7071")]
    public void Clients_get_an_address_that_they_can_call(string listening, string expected) =>
        Assert.Equal(expected, ListenAddresses.ForClients(listening));

    [Theory]
    [InlineData("http://0.0.0.0:7071", "http://0.0.0.0:7071 (every address of this machine; here http://127.0.0.1:7071)")]
    [InlineData("http://[::]:7071", "http://[::]:7071 (every address of this machine; here http://localhost:7071)")]
    [InlineData("http://localhost:7071", "http://localhost:7071")]
    public void Start_up_prints_what_is_listened_on(string listening, string printed) =>
        Assert.Equal(printed, ListenAddresses.Describe(listening));
}
