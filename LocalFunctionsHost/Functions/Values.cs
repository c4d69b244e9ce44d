namespace LocalFunctionsHost.Functions;

/// <summary>Values of types known at run time only.</summary>
internal static class Values
{
    /// <summary>What an unset variable of a type holds.</summary>
    public static object? Default(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;

    /// <summary>The type itself, or for a value type that which can also be null: no value is then no error.</summary>
    public static Type Nullable(Type type) =>
        type.IsValueType && System.Nullable.GetUnderlyingType(type) is null ? typeof(Nullable<>).MakeGenericType(type) : type;
}
