using System.Security.Claims;
using BookingFunctions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace BookingFunctions.Tests.Http;

/// <summary>Who is said to call.</summary>
public sealed class CallerTests
{
    private const string KeyName = "http://schemas.microsoft.com/2017/07/functions/claims/keyid";

    [Theory]
    [InlineData(null, null, null, "operator")]
    [InlineData(null, "somebody", null, "operator")]
    [InlineData("false", "somebody", "grace", "grace")]
    [InlineData("True", "ops@example.com", null, "ops@example.com")]
    [InlineData("True", "ops@example.com", "grace", "ops@example.com")]
    [InlineData("True", null, "grace", "grace")]
    public void It_is_who_has_signed_in_where_the_platform_does_that_and_else_the_name_of_the_key(
        string? signsIn, string? header, string? key, string name)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("WEBSITE_AUTH_ENABLED", signsIn)]).Build();
        var http = new DefaultHttpContext();
        http.Request.Headers["X-MS-CLIENT-PRINCIPAL-NAME"] = header;
        http.User = new ClaimsPrincipal(new ClaimsIdentity(key is null ? [] : [new Claim(KeyName, key)]));

        Assert.Equal(name, new Caller(configuration).NameOf(http.Request));
    }
}
