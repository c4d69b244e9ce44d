using System.Reflection;

namespace BookingFunctions.Tests.Contract;

/// <summary>A store of any kind, of which every operation fails.</summary>
public class BrokenStore : DispatchProxy
{
    /// <summary>Makes one.</summary>
    /// <typeparam name="T">The store's interface.</typeparam>
    public static T Create<T>()
        where T : class => Create<T, BrokenStore>();

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        throw new IOException("The disk with the password file is on fire.");
}
