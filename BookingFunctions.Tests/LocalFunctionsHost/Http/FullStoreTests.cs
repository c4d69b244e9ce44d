using System.Net;
using System.Net.Http.Json;
using DurableTask.Sqlite.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Tests.LocalFunctionsHost.Http;

/// <summary>What callers get while the store can't be written.</summary>
public sealed class FullStoreTests
{
    [Fact]
    public async Task A_start_that_finds_no_room_is_refused_with_503_until_there_is_and_reads_go_on()
    {
        await using var host = await TestHost.StartAsync();
        var database = host.App.Services.GetRequiredService<SqliteDatabase>();
        Uri start = new("/runtime/webhooks/durabletask/orchestrators/Trip/big", UriKind.Relative);
        Uri status = new("/runtime/webhooks/durabletask/instances/big", UriKind.Relative);
        var input = new string('x', 100_000);
        await database.WriteAsync(session => session.RunScript("PRAGMA max_page_count = 1"));

        using var refused = await host.Http.PostAsJsonAsync(start, input);

        await HttpTriggerTests.ProblemIs(refused, HttpStatusCode.ServiceUnavailable);
        Assert.True(refused.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.GetAsync(status)).StatusCode);
    }
}
