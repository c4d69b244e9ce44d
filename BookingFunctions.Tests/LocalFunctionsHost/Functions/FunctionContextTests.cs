using BookingFunctions.Tests.LocalFunctionsHost.Http;
using LocalFunctionsHost.Functions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Tests.LocalFunctionsHost.Functions;

/// <summary>What the context of a call has, by the worker's own types and extension methods.</summary>
public sealed class FunctionContextTests
{
    [Fact]
    public async Task A_context_describes_the_function_and_its_call()
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var method = new FunctionMethod("Describe", typeof(DurableFunctions).GetMethod(nameof(DurableFunctions.DescribeAsync))!);
        using var stop = new CancellationTokenSource();
        FunctionContext context = new LocalFunctionContext(method, services, stop.Token);

        Assert.Equal("Describe", context.FunctionDefinition.Name);
        Assert.Equal($"{typeof(DurableFunctions).FullName}.DescribeAsync", context.FunctionDefinition.EntryPoint);
        Assert.Equal(
            ["number", "instanceId", "context", "function", "cancellation"],
            context.FunctionDefinition.Parameters.Select(parameter => parameter.Name));
        Assert.EndsWith("BookingFunctions.Tests.dll", context.FunctionDefinition.PathToAssembly, StringComparison.Ordinal);
        Assert.True(Guid.TryParse(context.InvocationId, out _));
        Assert.Equal(context.InvocationId, context.InvocationId);
        Assert.Equal((0, 0), (context.RetryContext.RetryCount, context.RetryContext.MaxRetryCount));
        Assert.Empty(context.BindingContext.BindingData);
        Assert.Equal("", context.TraceContext.TraceParent);
        Assert.Equal(stop.Token, context.CancellationToken);
        Assert.NotNull(context.GetLogger<FunctionContextTests>());
    }

    [Fact]
    public void A_context_keeps_features_and_items_and_gives_its_request()
    {
        var method = new FunctionMethod("Default", typeof(DurableFunctions).GetMethod(nameof(DurableFunctions.Default))!);
        var context = new LocalFunctionContext(method, new ServiceCollection().BuildServiceProvider(), CancellationToken.None);
        var http = new DefaultHttpContext();
        var parcel = new Parcel("Alice", 1);

        context.SetHttpContext(http);
        context.Features.Set(parcel);
        context.Items["key"] = "value";

        Assert.Same(http, context.GetHttpContext());
        Assert.Same(parcel, context.Features.Get<Parcel>());
        Assert.Null(context.Features.Get<string>());
        Assert.Equal("value", context.Items["key"]);
    }
}
