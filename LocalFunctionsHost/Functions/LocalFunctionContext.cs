using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace LocalFunctionsHost.Functions;

/// <summary>The context of one call of a function.</summary>
/// <param name="function">The function.</param>
/// <param name="services">The services of this call.</param>
/// <param name="cancellation">Fires when the call is to end.</param>
internal sealed class LocalFunctionContext(FunctionMethod function, IServiceProvider services, CancellationToken cancellation)
    : FunctionContext
{
    /// <inheritdoc/>
    public override string InvocationId { get; } = Guid.NewGuid().ToString();

    /// <inheritdoc/>
    public override string FunctionId => function.EntryPoint;

    /// <inheritdoc/>
    public override IServiceProvider InstanceServices { get; set; } = services;

    /// <inheritdoc/>
    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    /// <inheritdoc/>
    public override CancellationToken CancellationToken => cancellation;

    public void SetHttpContext(HttpContext http) => Items[FunctionContextExtensions.HttpContextKey] = http;
}
