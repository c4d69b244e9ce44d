using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;

namespace LocalFunctionsHost.Functions;

/// <summary>One run of an activity function.</summary>
/// <param name="function">The function.</param>
/// <param name="services">The app's services; the run has a scope of its own.</param>
/// <param name="stopping">Fires when the host stops and the run has taken too long.</param>
internal sealed class ActivityRun(ActivityFunction function, IServiceProvider services, CancellationToken stopping) : ITaskActivity
{
    /// <inheritdoc/>
    public Type InputType => function.InputType;

    /// <inheritdoc/>
    public Type OutputType => function.Method.ResultType;

    /// <inheritdoc/>
    public async Task<object?> RunAsync(TaskActivityContext context, object? input)
    {
        await using var scope = services.CreateAsyncScope();
        return await function.InvokeAsync(context, new LocalFunctionContext(function.Method, scope.ServiceProvider, stopping), input);
    }
}
