namespace LocalFunctionsHost.Client;

/// <summary>What an instance's id may be. The limits are those of Azure Storage, so an id that is valid here is valid there.</summary>
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

    /// <summary>Whether it is the id of an entity, which no backend here runs.</summary>
    public static bool IsEntity(string instanceId) => instanceId is ['@', ..];

    /// <summary>What is wrong with an id, or null.</summary>
    public static string? Problem(string? instanceId) => instanceId switch
    {
        null or "" => "An instance id must not be empty.",
        { Length: > MaxLength } => $"An instance id has at most {MaxLength} characters; this one has {instanceId.Length}.",
        _ when IsEntity(instanceId) => $"The instance id '{instanceId}' must not start with '@': such ids are those of entities.",
        _ when instanceId.Any(c => c is '/' or '\\' or '#' or '?' || char.IsControl(c)) =>
            $"The instance id '{instanceId}' must not contain '/', '\\', '#', '?' or control characters.",
        _ when HasLoneSurrogate(instanceId) =>
            $"The instance id '{instanceId}' contains a surrogate without its other half, which can't be stored.",
        _ => null,
    };

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
            {
                return true;
            }
        }

        return false;
    }
}
