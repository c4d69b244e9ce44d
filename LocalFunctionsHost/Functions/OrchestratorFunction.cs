using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;

namespace LocalFunctionsHost.Functions;

/// <summary>A function that is an orchestrator.</summary>
internal sealed class OrchestratorFunction
{
    private readonly ParameterInfo? input;
    private readonly ParameterInfo trigger;

    public OrchestratorFunction(FunctionMethod method, ParameterInfo trigger)
    {
        Method = method;
        this.trigger = trigger;
        if (trigger.ParameterType != typeof(TaskOrchestrationContext))
        {
            throw FunctionBinding.Wrong(
                method,
                $"has [OrchestrationTrigger] on a parameter of the type {trigger.ParameterType.Name}; it takes a TaskOrchestrationContext");
        }

        foreach (var parameter in method.Parameters)
        {
            if (parameter == trigger
                || parameter.ParameterType == typeof(FunctionContext)
                || parameter.ParameterType == typeof(CancellationToken))
            {
                continue;
            }

            if (input is not null || parameter.IsDefined(typeof(DurableClientAttribute)))
            {
                throw FunctionBinding.Wrong(
                    method,
                    $"has the parameter '{parameter.Name}', which an orchestrator can't have: it takes its context and one input");
            }

            input = parameter;
        }
    }

    public FunctionMethod Method { get; }

    /// <summary>Makes the orchestrator for one run of its code.</summary>
    public ITaskOrchestrator Create(IServiceProvider services) => new Run(this, services);

    private sealed class Run(OrchestratorFunction function, IServiceProvider services) : ITaskOrchestrator
    {
        public Type InputType => function.input?.ParameterType ?? typeof(object);

        public Type OutputType => function.Method.ResultType;

        public async Task<object?> RunAsync(TaskOrchestrationContext context, object? input)
        {
            await using var scope = services.CreateAsyncScope();
            var functionContext = new LocalFunctionContext(function.Method, scope.ServiceProvider, CancellationToken.None);
            var arguments = function.Method.Parameters.Select(parameter =>
                parameter == function.trigger ? context
                : parameter == function.input ? input ?? Values.Default(parameter.ParameterType)
                : parameter.ParameterType == typeof(FunctionContext) ? functionContext
                : (object)CancellationToken.None).ToArray();
            return await function.Method.InvokeAsync(scope.ServiceProvider, arguments);
        }
    }
}
