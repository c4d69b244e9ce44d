using System.Text.Json;
using BookingFunctions.Http;
using BookingFunctions.Simulation.Disk;
using BookingFunctions.Storage;
using BookingFunctions.Tests.Api;
using BookingFunctions.Tests.Contract;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BookingFunctions.Tests.Http;

public sealed class GetHealthTests : IDisposable
{
    private readonly FakeTimeProvider clock = new();
    private readonly ApplicationLifetime lifetime = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly ServiceProvider services = new ServiceCollection().AddLogging().BuildServiceProvider();

    /// <inheritdoc/>
    public void Dispose() => services.Dispose();

    [Fact]
    public async Task A_host_whose_stores_answer_is_ready()
    {
        var (status, body) = await AskAsync(new InMemoryReservationStore());

        Assert.Equal((200, "ready"), (status, body.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task A_host_that_stops_is_not_ready()
    {
        lifetime.StopApplication();

        var (status, body) = await AskAsync(new InMemoryReservationStore());

        Assert.Equal((503, "The host is stopping."), (status, body.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task A_store_that_fails_is_named()
    {
        var (status, body) = await AskAsync(BrokenStore.Create<IReservationStore>());

        Assert.Equal(503, status);
        Assert.Equal("The store of reservations can't be read; the host's log says why.", body.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_waited_for_only_so_long()
    {
        var answer = AskAsync(new SilentStore());
        clock.Advance(GetHealth.Limit);

        var (status, body) = await answer;
        Assert.Equal((503, "The store of reservations does not answer in time."), (status, body.GetProperty("reason").GetString()));
    }

    private async Task<(int Status, JsonElement Body)> AskAsync(IReservationStore reservations)
    {
        var http = new DefaultHttpContext { RequestServices = services };
        using var written = new MemoryStream();
        http.Response.Body = written;
        var function = new GetHealth(new InMemoryTripDirectory(), reservations, lifetime, clock, NullLogger<GetHealth>.Instance);

        var result = await function.RunAsync(http.Request, new ForeignClient(), CancellationToken.None);
        await result.ExecuteAsync(http);

        return (http.Response.StatusCode, JsonElement.Parse(written.ToArray()));
    }
}
