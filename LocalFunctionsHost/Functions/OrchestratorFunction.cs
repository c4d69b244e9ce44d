using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

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

    /// <summary>What its input is read as.</summary>
    public Type InputType => input is null ? typeof(object) : Values.Nullable(input.ParameterType);

    /// <summary>Calls its code.</summary>
    /// <param name="context">What the code uses.</param>
    /// <param name="functionContext">The context of the call.</param>
    /// <param name="value">The input.</param>
    public Task<object?> InvokeAsync(TaskOrchestrationContext context, LocalFunctionContext functionContext, object? value)
    {
        var arguments = Method.Parameters.Select(parameter =>
            parameter == trigger ? context
            : parameter == input ? value ?? Values.Default(parameter.ParameterType)
            : parameter.ParameterType == typeof(FunctionContext) ? functionContext
            : (object)functionContext.CancellationToken).ToArray();
        return Method.InvokeAsync(functionContext.InstanceServices, arguments);
    }
}
