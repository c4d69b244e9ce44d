using System.Reflection;
using LocalFunctionsHost.Settings;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LocalFunctionsHost.Functions;

/// <summary>What a function's attributes ask for, and whether this host has it.</summary>
internal static class FunctionBinding
{
    private const string WorkerNamespace = "Microsoft.Azure.Functions.Worker";

    private static readonly Type[] Triggers =
        [typeof(HttpTriggerAttribute), typeof(OrchestrationTriggerAttribute), typeof(ActivityTriggerAttribute)];

    private static readonly Type[] Known =
        [.. Triggers, typeof(FunctionAttribute), typeof(DurableClientAttribute), typeof(FromBodyAttribute), typeof(HttpResultAttribute)];

    /// <summary>Finds the one parameter that triggers a function.</summary>
    /// <exception cref="HostStartException">
    /// There is none or more than one, or the function asks for what this host doesn't have.
    /// </exception>
    public static (ParameterInfo Parameter, Attribute Trigger) TriggerOf(FunctionMethod function)
    {
        RefuseUnknown(function, function.Method, "the method");
        foreach (var parameter in function.Parameters)
        {
            if (parameter.ParameterType.IsByRef)
            {
                throw Wrong(function, $"has the parameter '{parameter.Name}' by reference; functions return their results");
            }

            RefuseUnknown(function, parameter, $"its parameter '{parameter.Name}'");
        }

        foreach (var property in function.ResultType.GetProperties())
        {
            RefuseUnknown(function, property, $"the property '{property.Name}' of its result");
        }

        var found = function.Parameters
            .SelectMany(parameter => parameter.GetCustomAttributes().Where(IsTrigger).Select(trigger => (parameter, trigger)))
            .ToList();
        return found.Count == 1
            ? found[0]
            : throw Wrong(function, found.Count == 0
                ? "has no trigger: mark one parameter with [HttpTrigger], [OrchestrationTrigger] or [ActivityTrigger]"
                : "has more than one trigger: keep one of them");
    }

    public static HostStartException Wrong(FunctionMethod function, string what) =>
        new($"The function '{function.Name}' ({function.EntryPoint}) {what}.");

    private static bool IsTrigger(Attribute attribute) => Triggers.Contains(attribute.GetType());

    private static void RefuseUnknown(FunctionMethod function, ICustomAttributeProvider provider, string where)
    {
        foreach (var type in provider.GetCustomAttributes(inherit: true).Select(attribute => attribute.GetType()))
        {
            if (type.Namespace?.StartsWith(WorkerNamespace, StringComparison.Ordinal) != true || Known.Contains(type))
            {
                continue;
            }

            var name = type.Name.EndsWith("Attribute", StringComparison.Ordinal) ? type.Name[..^"Attribute".Length] : type.Name;
            throw Wrong(function, name switch
            {
                "EntityTrigger" =>
                    "is an entity, and the local host has no entities: use an orchestration, or run the app on Azure Functions",
                _ when name.EndsWith("Trigger", StringComparison.Ordinal) =>
                    $"has the trigger [{name}], and the local host has HTTP, orchestration and activity triggers only",
                _ => $"has [{name}] on {where}, and the local host has no such binding",
            });
        }
    }
}
