using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace LocalFunctionsHost.Functions;

/// <summary>A method that is a function: how to call it, on any class and with any kind of result.</summary>
internal sealed class FunctionMethod
{
    private static readonly MethodInfo AwaitTaskOf = Helper(nameof(AwaitTask));
    private static readonly MethodInfo AwaitValueTaskOf = Helper(nameof(AwaitValueTask));

    // Compiled code, which leaves no frames of reflection in the stack traces that orchestrations keep.
    private readonly Lazy<Func<object?, object?[], object?>> call;
    private readonly Func<object?, Task<object?>> result;
    private readonly ObjectFactory? createInstance;

    public FunctionMethod(string name, MethodInfo method)
    {
        Name = name;
        Method = method;
        Parameters = method.GetParameters();
        (ResultType, result) = ResultOf(method.ReturnType);
        call = new(() => Compile(method));
        Definition = new LocalFunctionDefinition(this);
        createInstance = method.IsStatic ? null : ActivatorUtilities.CreateFactory(method.DeclaringType!, Type.EmptyTypes);
    }

    /// <summary>The function's name.</summary>
    public string Name { get; }

    public MethodInfo Method { get; }

    public IReadOnlyList<ParameterInfo> Parameters { get; }

    /// <summary>What the function returns, without its task; void for nothing.</summary>
    public Type ResultType { get; }

    /// <summary>The class and the method, for messages.</summary>
    public string EntryPoint => $"{Method.DeclaringType!.FullName}.{Method.Name}";

    /// <summary>What its context says of it.</summary>
    public FunctionDefinition Definition { get; }

    /// <summary>Calls the function on an instance of its own, made from the services of this call.</summary>
    /// <returns>What it returned; null for nothing.</returns>
    public async Task<object?> InvokeAsync(IServiceProvider services, object?[] arguments)
    {
        var instance = createInstance?.Invoke(services, null);
        try
        {
            return await result(call.Value(instance, arguments));
        }
        finally
        {
            switch (instance)
            {
                case IAsyncDisposable disposable:
                    await disposable.DisposeAsync();
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
            }
        }
    }

    private static Func<object?, object?[], object?> Compile(MethodInfo method)
    {
        var instance = Expression.Parameter(typeof(object));
        var arguments = Expression.Parameter(typeof(object[]));
        var body = Expression.Call(
            method.IsStatic ? null : Expression.Convert(instance, method.DeclaringType!),
            method,
            method.GetParameters().Select((parameter, i) =>
                Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(i)), parameter.ParameterType)));
        var returned = method.ReturnType == typeof(void)
            ? Expression.Block(body, Expression.Constant(null))
            : (Expression)Expression.Convert(body, typeof(object));
        return Expression.Lambda<Func<object?, object?[], object?>>(returned, instance, arguments).Compile();
    }

    private static (Type Type, Func<object?, Task<object?>> Result) ResultOf(Type returned)
    {
        if (returned == typeof(Task))
        {
            return (typeof(void), AwaitPlainTask);
        }

        if (returned == typeof(ValueTask))
        {
            return (typeof(void), task => AwaitPlainTask(((ValueTask)task!).AsTask()));
        }

        if (!returned.IsGenericType)
        {
            return (returned, Task.FromResult);
        }

        var generic = returned.GetGenericTypeDefinition();
        return generic == typeof(Task<>) ? (returned.GenericTypeArguments[0], For(AwaitTaskOf, returned))
            : generic == typeof(ValueTask<>) ? (returned.GenericTypeArguments[0], For(AwaitValueTaskOf, returned))
            : (returned, Task.FromResult);
    }

    // The continuations stay on the caller's context: an orchestrator's must run on its own scheduler.
    private static async Task<object?> AwaitPlainTask(object? task)
    {
        await (Task)task!;
        return null;
    }

    private static async Task<object?> AwaitTask<T>(object? task) => await (Task<T>)task!;

    private static async Task<object?> AwaitValueTask<T>(object? task) => await (ValueTask<T>)task!;

    private static MethodInfo Helper(string name) =>
        typeof(FunctionMethod).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;

    private static Func<object?, Task<object?>> For(MethodInfo helper, Type task) =>
        helper.MakeGenericMethod(task.GenericTypeArguments[0]).CreateDelegate<Func<object?, Task<object?>>>();
}
