using LocalRuntime.Hosting.Functions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Tests.Api;

public sealed class FunctionContextTests : IDisposable
{
    private readonly ServiceProvider services = new ServiceCollection().BuildServiceProvider();

    public void Dispose() => services.Dispose();

    [Fact]
    public void The_request_of_a_call_by_http_is_found()
    {
        var context = Call();
        DefaultHttpContext http = new();

        context.SetHttpContext(http);

        Assert.Same(http, context.GetHttpContext());
    }

    [Fact]
    public void Another_call_has_no_request() => Assert.Null(Call().GetHttpContext());

    [Fact]
    public void Each_call_has_an_id_of_its_own()
    {
        var (one, other) = (Call(), Call());

        Assert.NotEqual(one.InvocationId, other.InvocationId);
        Assert.Equal(one.FunctionId, other.FunctionId);
    }

    private LocalFunctionContext Call() => new(
        new FunctionMethod("Call", typeof(FunctionContextTests).GetMethod(nameof(Dispose))!), services, CancellationToken.None);
}
