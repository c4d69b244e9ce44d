using System.Reflection;
using LocalRuntime.Engine;
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
                    $"has the parameter '{parameter.Name}', which an activity can't have: besides its input it takes "
                    + "TaskActivityContext, FunctionContext, CancellationToken, 'string instanceId' and a [DurableClient] DurableTaskClient");
            }
        }
    }

    public FunctionMethod Method { get; }

    private Type InputType => IsContext(trigger) ? typeof(object) : trigger.ParameterType;

    /// <summary>Makes the activity for one run, with the services of that run.</summary>
    public ITaskActivity Create(IServiceProvider services) => new Run(this, services);

    private static bool IsContext(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(TaskActivityContext) || parameter.ParameterType == typeof(FunctionContext);

    private static bool IsClient(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(DurableTaskClient) && parameter.IsDefined(typeof(DurableClientAttribute));

    private static bool IsKnown(ParameterInfo parameter) =>
        IsContext(parameter)
        || parameter.ParameterType == typeof(CancellationToken)
        || IsClient(parameter)
        || (parameter.ParameterType == typeof(string) && parameter.Name == InstanceIdParameter);

    private sealed class Run(ActivityFunction function, IServiceProvider services) : ITaskActivity
    {
        public Type InputType => function.InputType;

        public Type OutputType => function.Method.ResultType;

        public Task<object?> RunAsync(TaskActivityContext context, object? input)
        {
            var cancellation = (context as EngineActivityContext)?.CancellationToken ?? CancellationToken.None;
            var functionContext = new LocalFunctionContext(function.Method, services, cancellation);
            var arguments = function.Method.Parameters.Select(Argument).ToArray();
            return function.Method.InvokeAsync(services, arguments);

            object? Argument(ParameterInfo parameter)
            {
                var type = parameter.ParameterType;
                return type == typeof(TaskActivityContext) ? context
                    : type == typeof(FunctionContext) ? functionContext
                    : parameter == function.trigger ? input ?? Values.Default(type)
                    : type == typeof(CancellationToken) ? cancellation
                    : IsClient(parameter) ? services.GetRequiredService<DurableTaskClient>()
                    : context.InstanceId;
            }
        }
    }
}
