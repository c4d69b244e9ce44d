namespace LocalRuntime.Engine;

/// <summary>What may be an instance's id. Azure Storage has the same limits, so an id that is good here is good there.</summary>
internal static class InstanceIds
{
    private const int MaxLength = 100;

    /// <exception cref="ArgumentException">The id is empty, too long, or has characters that a backend can't keep.</exception>
    public static void Check(string? instanceId)
    {
        if (Problem(instanceId) is { } problem)
        {
            throw new ArgumentException(problem, nameof(instanceId));
        }
    }

    /// <summary>What is wrong with an id, or null.</summary>
    public static string? Problem(string? instanceId) => instanceId switch
    {
        null or "" => "An instance id must not be empty.",
        { Length: > MaxLength } => $"An instance id has at most {MaxLength} characters; this one has {instanceId.Length}.",
        ['@', ..] => $"The instance id '{instanceId}' must not start with '@': such ids are those of entities.",
        _ when instanceId.Any(c => c is '/' or '\\' or '#' or '?' || char.IsControl(c)) =>
            $"The instance id '{instanceId}' must not contain '/', '\\', '#', '?' or control characters.",
        _ => null,
    };
}
