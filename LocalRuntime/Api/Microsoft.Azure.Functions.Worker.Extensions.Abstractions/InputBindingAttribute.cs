namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>What a function is given beside what triggered it.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class InputBindingAttribute : BindingAttribute
{
    internal InputBindingAttribute()
    {
    }
}
