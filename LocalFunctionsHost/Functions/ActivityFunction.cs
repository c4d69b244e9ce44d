using System.Reflection;
using LocalFunctionsHost.Client;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace LocalFunctionsHost.Functions;

/// <summary>A function that is an activity.</summary>
internal sealed class ActivityFunction
{
    // The Azure host offers the instance's id to a parameter of this name.
    private const string InstanceIdParameter = "instanceId";

    private readonly ParameterInfo trigger;

    public ActivityFunction(FunctionMethod method, ParameterInfo trigger)
    {
        Method = method;
        this.trigger = trigger;
        foreach (var parameter in method.Parameters)
        {
            if (parameter != trigger && !IsKnown(parameter))
            {
                throw FunctionBinding.Wrong(
                    method,
                    $"has the parameter '{parameter.Name}', which an activity can't have: besides its input it takes TaskActivityContext, "
                    + "FunctionContext, CancellationToken, 'string instanceId' and a [DurableClient] DurableTaskClient");
            }
        }
    }

    public FunctionMethod Method { get; }

    /// <summary>What its input is read as.</summary>
    public Type InputType => IsContext(trigger) ? typeof(object) : Values.Nullable(trigger.ParameterType);

    /// <summary>Calls its code.</summary>
    /// <param name="context">The task that it runs for.</param>
    /// <param name="functionContext">The context of the call.</param>
    /// <param name="input">The input.</param>
    public Task<object?> InvokeAsync(TaskActivityContext context, LocalFunctionContext functionContext, object? input)
    {
        return Method.InvokeAsync(functionContext.InstanceServices, [.. Method.Parameters.Select(Argument)]);

        object? Argument(ParameterInfo parameter)
        {
            var type = parameter.ParameterType;
            return type == typeof(TaskActivityContext) ? context
                : type == typeof(FunctionContext) ? functionContext
                : parameter == trigger ? input ?? Values.Default(type)
                : type == typeof(CancellationToken) ? functionContext.CancellationToken
                : IsClient(parameter) ? functionContext.InstanceServices.GetRequiredService<FunctionsClientSource>().Get()
                : context.InstanceId;
        }
    }

    private static bool IsContext(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(TaskActivityContext) || parameter.ParameterType == typeof(FunctionContext);

    private static bool IsClient(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(DurableTaskClient) && parameter.IsDefined(typeof(DurableClientAttribute));

    private static bool IsKnown(ParameterInfo parameter) =>
        IsContext(parameter)
        || parameter.ParameterType == typeof(CancellationToken)
        || IsClient(parameter)
        || (parameter.ParameterType == typeof(string) && parameter.Name == InstanceIdParameter);
}
