namespace Microsoft.DurableTask;

/// <summary>The input of an orchestrator or an activity.</summary>
internal static class TaskInput
{
    /// <summary>Gives an input its type; the type's default if there is none.</summary>
    /// <exception cref="ArgumentException">The input is of another type.</exception>
    public static TInput Cast<TInput>(object? input) => input switch
    {
        TInput typed => typed,
        null => default!,
        _ => throw new ArgumentException(
            $"The input is of the type '{input.GetType()}', where '{typeof(TInput)}' is expected.", nameof(input)),
    };
}
