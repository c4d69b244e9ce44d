using System.Diagnostics;
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
    // Where the worker's ASP.NET Core extension has it, so that its GetHttpContext() finds it.
    private const string HttpContextKey = "HttpRequestContext";

    private string? invocationId;
    private IInvocationFeatures? features;
    private IDictionary<object, object>? items;

    /// <inheritdoc/>
    public override string InvocationId => invocationId ??= Guid.NewGuid().ToString();

    /// <inheritdoc/>
    public override string FunctionId => function.EntryPoint;

    /// <inheritdoc/>
    public override FunctionDefinition FunctionDefinition => function.Definition;

    /// <inheritdoc/>
    public override TraceContext TraceContext { get; } = new CurrentTrace(Activity.Current);

    /// <inheritdoc/>
    public override BindingContext BindingContext { get; } = new NoBindings();

    /// <inheritdoc/>
    public override RetryContext RetryContext { get; } = new NoRetries();

    /// <inheritdoc/>
    public override IServiceProvider InstanceServices { get; set; } = services;

    /// <inheritdoc/>
    public override IDictionary<object, object> Items
    {
        get => items ??= new Dictionary<object, object>();
        set => items = value;
    }

    /// <inheritdoc/>
    public override IInvocationFeatures Features => features ??= new InvocationFeatures();

    /// <inheritdoc/>
    public override CancellationToken CancellationToken => cancellation;

    public void SetHttpContext(HttpContext http) => Items[HttpContextKey] = http;

    private sealed class CurrentTrace(Activity? activity) : TraceContext
    {
        public override string TraceParent => activity?.Id ?? "";

        public override string TraceState => activity?.TraceStateString ?? "";
    }

    // The parameters have got all values already.
    private sealed class NoBindings : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData { get; } = new Dictionary<string, object?>();
    }

    // Retries belong to durable tasks here, not to functions.
    private sealed class NoRetries : RetryContext
    {
        public override int RetryCount => 0;

        public override int MaxRetryCount => 0;
    }
}
