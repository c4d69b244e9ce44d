using System.Reflection;
using System.Text.RegularExpressions;
using LocalFunctionsHost.Settings;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace LocalFunctionsHost.Functions;

/// <summary>Finds the methods that are functions.</summary>
internal static partial class FunctionDiscovery
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Finds all functions of some types.</summary>
    /// <exception cref="HostStartException">
    /// A function is one that this host can't run: that is said at start, not at the first call.
    /// </exception>
    public static FunctionCatalog Find(IEnumerable<Type> types)
    {
        types = [.. types];
        RefuseTaskClasses(types);
        var http = new List<HttpFunction>();
        var orchestrators = new List<OrchestratorFunction>();
        var activities = new List<ActivityFunction>();
        var names = new Dictionary<string, FunctionMethod>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, method) in Methods(types))
        {
            CheckShape(name, method);
            var function = new FunctionMethod(name, method);
            if (!names.TryAdd(name, function))
            {
                throw new HostStartException(
                    $"Two functions have the name '{name}': {names[name].EntryPoint} and {function.EntryPoint}. Rename one of them.");
            }

            var (parameter, trigger) = FunctionBinding.TriggerOf(function);
            switch (trigger)
            {
                case HttpTriggerAttribute httpTrigger:
                    http.Add(new HttpFunction(function, httpTrigger));
                    break;
                case OrchestrationTriggerAttribute:
                    orchestrators.Add(new OrchestratorFunction(function, parameter));
                    break;
                default:
                    activities.Add(new ActivityFunction(function, parameter));
                    break;
            }
        }

        return new FunctionCatalog(http, orchestrators, activities);
    }

    private static void RefuseTaskClasses(IEnumerable<Type> types)
    {
        if (types.FirstOrDefault(type => type.IsDefined(typeof(DurableTaskAttribute), inherit: false)) is { } type)
        {
            throw new HostStartException(
                $"The class {type.FullName} is marked with [DurableTask], and the local host runs functions only: "
                + "make it a method with [Function] and [OrchestrationTrigger] or [ActivityTrigger].");
        }
    }

    private static IEnumerable<(string Name, MethodInfo Method)> Methods(IEnumerable<Type> types) =>
        from type in types
        from method in type.GetMethods(Declared)
        let attribute = method.GetCustomAttribute<FunctionAttribute>()
        where attribute is not null
        select (attribute.Name, method);

    private static void CheckShape(string name, MethodInfo method)
    {
        var type = method.DeclaringType!;
        var where = $"The function '{name}' ({type.FullName}.{method.Name})";
        if (name is null || !FunctionName().IsMatch(name))
        {
            throw new HostStartException($"{where} has a wrong name: up to 127 letters, digits, '_' and '-', a letter first.");
        }

        if (!method.IsPublic || !type.IsVisible)
        {
            throw new HostStartException($"{where} is not public: make the method and its class public.");
        }

        if (type.ContainsGenericParameters || method.IsGenericMethodDefinition)
        {
            throw new HostStartException($"{where} is generic: neither a function nor its class can have type parameters.");
        }

        if (type.IsAbstract && !method.IsStatic)
        {
            throw new HostStartException($"{where} is in an abstract class: make the class concrete, or the method static.");
        }

        if (method.ReturnType == typeof(void)
            && method.IsDefined(typeof(System.Runtime.CompilerServices.AsyncStateMachineAttribute), inherit: false))
        {
            throw new HostStartException($"{where} is 'async void', so its end can't be awaited: make it 'async Task'.");
        }
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,126}$")]
    private static partial Regex FunctionName();
}
