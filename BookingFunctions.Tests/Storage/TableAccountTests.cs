using Azure.Data.Tables;
using BookingFunctions.Storage;
using Microsoft.Extensions.Configuration;

namespace BookingFunctions.Tests.Storage;

public sealed class TableAccountTests
{
    [Fact]
    public void Without_an_account_the_start_fails_and_says_what_to_set()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Connect());

        Assert.Contains("AzureWebJobsStorage", failure.Message, StringComparison.Ordinal);
        Assert.Contains("AzureWebJobsStorage__accountName", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_account_is_found_by_its_connection_string()
    {
        Assert.Equal("devstoreaccount1", Connect(("AzureWebJobsStorage", "UseDevelopmentStorage=true")).AccountName);
    }

    [Fact]
    public void The_account_is_found_by_its_name_with_an_identity()
    {
        Assert.Equal("https://trips1.table.core.windows.net/", $"{Connect(("AzureWebJobsStorage:accountName", "trips1")).Uri}");
    }

    [Theory]
    [InlineData("managedidentity", null)]
    [InlineData("ManagedIdentity", "0b1c2d3e-0000-0000-0000-000000000000")]
    [InlineData(null, "0b1c2d3e-0000-0000-0000-000000000000")]
    public void The_identity_may_be_named(string? credential, string? client)
    {
        var account = Connect(
            ("AzureWebJobsStorage:accountName", "trips1"),
            ("AzureWebJobsStorage:credential", credential),
            ("AzureWebJobsStorage:clientId", client));

        Assert.Equal("trips1", account.AccountName);
    }

    [Fact]
    public void The_address_of_the_tables_goes_before_the_name()
    {
        var account = Connect(
            ("AzureWebJobsStorage:accountName", "trips1"),
            ("AzureWebJobsStorage:tableServiceUri", "https://trips1.table.core.usgovcloudapi.net"));

        Assert.Equal("https://trips1.table.core.usgovcloudapi.net/", $"{account.Uri}");
    }

    [Theory]
    [InlineData("AzureWebJobsStorage:tableServiceUri", "http://trips1.table.core.windows.net")]
    [InlineData("AzureWebJobsStorage:tableServiceUri", "trips1")]
    [InlineData("AzureWebJobsStorage:accountName", "trips1.evil.example/")]
    public void What_is_no_account_is_refused_by_the_name_of_its_setting(string setting, string value)
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Connect((setting, value)));

        Assert.Contains(setting.Replace(":", "__", StringComparison.Ordinal), failure.Message, StringComparison.Ordinal);
        Assert.Contains(value, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AccountName=trips1;AccountKey=secret")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=trips1;AccountKey=%%secret;EndpointSuffix=core.windows.net")]
    [InlineData("secret")]
    public void A_connection_string_that_can_not_be_read_is_not_shown(string connection)
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Connect(("AzureWebJobsStorage", connection)));

        Assert.Contains("AzureWebJobsStorage", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", $"{failure}", StringComparison.Ordinal);
    }

    private static TableServiceClient Connect(params (string Name, string? Value)[] settings) => TableAccount.Connect(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)))
            .Build());
}
