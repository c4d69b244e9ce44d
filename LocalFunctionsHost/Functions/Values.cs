namespace LocalFunctionsHost.Functions;

/// <summary>Values of types known at run time only.</summary>
internal static class Values
{
    /// <summary>What an unset variable of a type holds.</summary>
    public static object? Default(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;
}
