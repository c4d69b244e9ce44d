using System.Net;
using System.Security.Claims;
using System.Text.Json.Nodes;
using Azure.Core.Serialization;
using LocalFunctionsHost.Client;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Tests.LocalFunctionsHost.Client;

/// <summary>The client of a <c>[DurableClient]</c> parameter knows the host's address and key, as on Azure.</summary>
public sealed class FunctionsClientTests : IAsyncLifetime
{
    private TestHost host = null!;

    private DurableTaskClient Client => host.App.Services.GetRequiredService<FunctionsClientSource>().Get();

    public async Task InitializeAsync() => host = await TestHost.StartAsync(typeof(ClientFunctions));

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Its_management_payload_has_addresses_that_answer()
    {
        await Client.ScheduleNewOrchestrationInstanceAsync("Quick", new Microsoft.DurableTask.StartOrchestrationOptions("q"));
        await Client.WaitForInstanceCompletionAsync("q");

        var payload = Client.CreateHttpManagementPayload("q");
        using var status = await host.Http.GetAsync(payload.StatusQueryGetUri);
        using var restarted = await host.Http.PostAsync(payload.RestartPostUri, null);
        using var purged = await host.Http.DeleteAsync(payload.PurgeHistoryDeleteUri);

        Assert.StartsWith(host.App.Url + "/runtime/webhooks/durabletask/instances/q", payload.StatusQueryGetUri, StringComparison.Ordinal);
        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.Accepted, HttpStatusCode.OK), (status.StatusCode, restarted.StatusCode, purged.StatusCode));
    }

    [Fact]
    public async Task Its_check_status_response_is_202_with_the_addresses()
    {
        var services = new ServiceCollection();
        services.Configure<WorkerOptions>(options => options.Serializer = new JsonObjectSerializer());
        await using var provider = services.BuildServiceProvider();
        var request = new Request(new Context { InstanceServices = provider }, new Uri(host.App.Url + "/api/start"));

        var response = await Client.CreateCheckStatusResponseAsync(request, "q");

        response.Body.Position = 0;
        var body = (await JsonNode.ParseAsync(response.Body))!;
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(response.Headers.GetValues("Location").Single(), body["StatusQueryGetUri"]!.GetValue<string>());
        Assert.StartsWith(
            host.App.Url + "/runtime/webhooks/durabletask/instances/q?code=",
            body["StatusQueryGetUri"]!.GetValue<string>(),
            StringComparison.Ordinal);
    }

    private sealed class Context : FunctionContext
    {
        public override string InvocationId => "i";

        public override string FunctionId => "f";

        public override TraceContext TraceContext => null!;

        public override BindingContext BindingContext => null!;

        public override RetryContext RetryContext => null!;

        public override IServiceProvider InstanceServices { get; set; } = null!;

        public override FunctionDefinition FunctionDefinition => null!;

        public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

        public override IInvocationFeatures Features => null!;
    }

    private sealed class Request(FunctionContext context, Uri url) : HttpRequestData(context)
    {
        public override Stream Body { get; } = new MemoryStream();

        public override HttpHeadersCollection Headers { get; } = [];

        public override IReadOnlyCollection<IHttpCookie> Cookies => [];

        public override Uri Url => url;

        public override IEnumerable<ClaimsIdentity> Identities => [];

        public override string Method => "POST";

        public override HttpResponseData CreateResponse() => new Response(FunctionContext);
    }

    private sealed class Response(FunctionContext context) : HttpResponseData(context)
    {
        public override HttpStatusCode StatusCode { get; set; }

        public override HttpHeadersCollection Headers { get; set; } = [];

        public override Stream Body { get; set; } = new MemoryStream();

        public override HttpCookies Cookies => null!;
    }
}
