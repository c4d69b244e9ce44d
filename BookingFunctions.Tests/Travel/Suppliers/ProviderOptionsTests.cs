using System.Globalization;
using BookingFunctions.Travel;
using BookingFunctions.Travel.Suppliers;
using BookingFunctions.Trips;

namespace BookingFunctions.Tests.Travel.Suppliers;

public sealed class ProviderOptionsTests
{
    [Theory]
    [InlineData("https://air.example", "https://air.example/")]
    [InlineData("http://localhost:7080/v1", "http://localhost:7080/v1/")]
    [InlineData(" https://air.example/v1/ ", "https://air.example/v1/")]
    public void An_address_is_one_that_paths_can_be_added_to(string address, string expected)
    {
        var options = new ProviderOptions { Flight = { BaseAddress = address } };

        Assert.True(new ProviderOptionsValidator().Validate(null, options).Succeeded);
        Assert.Equal(new Uri(expected), options.Of(Leg.Flight).Address());
    }

    [Theory]
    [InlineData("air.example")]
    [InlineData("ftp://air.example")]
    [InlineData("https://air.example?key=1")]
    [InlineData("https://me:secret@air.example")]
    public void A_wrong_address_is_named_but_not_shown_for_it_may_hold_a_secret(string address)
    {
        var result = new ProviderOptionsValidator().Validate(null, new ProviderOptions { Hotel = { BaseAddress = address } });

        var error = Assert.Single(result.Failures!);
        Assert.StartsWith("Providers__Hotel__BaseAddress is no address", error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://air.example", "two words", "Providers__Car__Key has characters that no header takes")]
    [InlineData(null, "open-sesame", "Providers__Car__Key is set, but Providers__Car__BaseAddress is not")]
    public void A_key_that_could_not_be_sent_is_named_but_not_shown(string? address, string key, string expected)
    {
        var result = new ProviderOptionsValidator().Validate(null, new ProviderOptions { Car = { BaseAddress = address, Key = key } });

        var error = Assert.Single(result.Failures!);
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain(key, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("1.00:00:01")]
    public void A_timeout_that_no_call_could_have_is_named(string timeout)
    {
        var options = new ProviderOptions { Timeout = TimeSpan.Parse(timeout, CultureInfo.InvariantCulture) };
        var result = new ProviderOptionsValidator().Validate(null, options);

        Assert.Equal(
            $"Providers__Timeout is {timeout}: it has to be a time such as 00:00:05, above zero and at most a day.",
            Assert.Single(result.Failures!));
    }

    [Fact]
    public void An_inventory_is_a_thousand_of_each_and_never_less_than_none()
    {
        var validator = new InventoryOptionsValidator();

        Assert.True(validator.Validate(null, new InventoryOptions()).Succeeded);
        Assert.All(Enum.GetValues<Leg>(), leg => Assert.Equal(1000, new InventoryOptions().Of(leg)));
        Assert.Equal(
            "Inventory__Hotel is -1: it has to be a whole number from 0 to 1000000000.",
            Assert.Single(validator.Validate(null, new InventoryOptions { Hotel = -1 }).Failures!));
    }
}
