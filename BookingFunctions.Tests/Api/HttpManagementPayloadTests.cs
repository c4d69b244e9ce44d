using LocalRuntime.Engine;
using LocalRuntime.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Tests.Api;

public sealed class HttpManagementPayloadTests : IAsyncDisposable
{
    private readonly ServiceProvider services = new ServiceCollection().BuildServiceProvider();
    private readonly DurableEngine engine;

    public HttpManagementPayloadTests() =>
        engine = new DurableEngine(new InMemoryOrchestrationStore(), new DurableTaskRegistry(), services);

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await services.DisposeAsync();
    }

    [Fact]
    public void It_is_the_hosts_for_that_instance()
    {
        engine.ManagementPayload = id => new HttpManagementPayload { Id = id, StatusQueryGetUri = $"http://localhost/{id}" };

        var payload = engine.Client.CreateHttpManagementPayload("trip-1");

        Assert.Equal(("trip-1", "http://localhost/trip-1"), (payload.Id, payload.StatusQueryGetUri));
    }

    [Fact]
    public void An_engine_without_a_host_has_no_addresses() =>
        Assert.Throws<InvalidOperationException>(() => engine.Client.CreateHttpManagementPayload("trip-1"));

    [Fact]
    public async Task Another_client_has_no_addresses_and_says_which_has()
    {
        await using ForeignClient client = new();

        var error = Assert.Throws<InvalidOperationException>(() => client.CreateHttpManagementPayload("trip-1"));

        Assert.Contains("[DurableClient]", error.Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void An_instance_needs_an_id(string? id) =>
        Assert.Throws<ArgumentException>("instanceId", () => engine.Client.CreateHttpManagementPayload(id!));
}
