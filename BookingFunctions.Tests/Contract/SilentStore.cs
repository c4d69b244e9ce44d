using System.Reflection;

namespace BookingFunctions.Tests.Contract;

/// <summary>A store of any kind, of which no operation ever ends, whatever becomes of the token.</summary>
public class SilentStore : DispatchProxy
{
    /// <summary>Makes one.</summary>
    /// <typeparam name="T">The store's interface.</typeparam>
    public static T Create<T>()
        where T : class => Create<T, SilentStore>();

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var source = typeof(TaskCompletionSource<>).MakeGenericType(targetMethod!.ReturnType.GenericTypeArguments);
        return source.GetProperty("Task")!.GetValue(Activator.CreateInstance(source));
    }
}
