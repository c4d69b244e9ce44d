using System.Text.Json;
using BookingFunctions.Http.Operating;
using BookingFunctions.Storage;
using BookingFunctions.Tests.Contract;
using BookingFunctions.Tests.Local;
using BookingFunctions.Trips.Listing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BookingFunctions.Tests.Http.Operating;

public sealed class GetHealthTests : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new();
    private readonly ApplicationLifetime lifetime = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly TripStores stores = new();
    private readonly ServiceProvider services = new ServiceCollection().AddLogging().BuildServiceProvider();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        await stores.DisposeAsync();
    }

    [Fact]
    public async Task A_host_whose_stores_answer_is_ready()
    {
        var (status, body) = await AskAsync(stores.Reservations);

        Assert.Equal((200, "ready"), (status, body.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task A_host_that_stops_is_not_ready()
    {
        lifetime.StopApplication();

        var (status, body) = await AskAsync(stores.Reservations);

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
        var answer = AskAsync(stores.Reservations, SilentStore.Create<ITripDirectory>());
        clock.Advance(GetHealth.Limit);

        var (status, body) = await answer;
        Assert.Equal((503, "The store of trips does not answer in time."), (status, body.GetProperty("reason").GetString()));
    }

    private async Task<(int Status, JsonElement Body)> AskAsync(IReservationStore reservations, ITripDirectory? directory = null)
    {
        var http = new DefaultHttpContext { RequestServices = services };
        using var written = new MemoryStream();
        http.Response.Body = written;
        var function = new GetHealth(directory ?? stores.Directory, reservations, lifetime, clock, NullLogger<GetHealth>.Instance);

        var result = await function.RunAsync(http.Request, new StubClient(_ => { }), CancellationToken.None);
        await result.ExecuteAsync(http);

        return (http.Response.StatusCode, JsonElement.Parse(written.ToArray()));
    }
}
