namespace Microsoft.Azure.Functions.Worker;

/// <summary>Makes a public method a function of the app.</summary>
/// <param name="name">The function's name, unique in the app: up to 127 letters, digits, '_' and '-', a letter first.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FunctionAttribute(string name) : Attribute
{
    /// <summary>The function's name, by which orchestrators and clients call it.</summary>
    public string Name { get; } = name;
}
