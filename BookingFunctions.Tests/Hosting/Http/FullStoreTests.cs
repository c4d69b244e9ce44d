using System.Net;
using System.Net.Http.Json;
using LocalRuntime.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Tests.Hosting.Http;

/// <summary>What callers get while the store can't be written.</summary>
public class FullStoreTests
{
    [Fact]
    public async Task A_start_that_finds_no_room_is_told_to_come_again_and_can_read_meanwhile()
    {
        await using TestHost host = await TestHost.StartAsync();
        SqliteDatabase database = host.App.Services.GetRequiredService<SqliteDatabase>();
        Uri start = new("/runtime/webhooks/durabletask/orchestrators/Trip/big", UriKind.Relative);
        Uri status = new("/runtime/webhooks/durabletask/instances/big", UriKind.Relative);
        string input = new('x', 100_000);
        await database.WriteAsync(session => session.RunScript("PRAGMA max_page_count = 1"));

        using HttpResponseMessage refused = await host.Http.PostAsJsonAsync(start, input);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.Equal(TimeSpan.FromSeconds(5), refused.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.GetAsync(status)).StatusCode);
        await database.WriteAsync(session => session.RunScript("PRAGMA max_page_count = 1000000"));
        using HttpResponseMessage accepted = await host.Http.PostAsJsonAsync(start, input);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
    }
}
