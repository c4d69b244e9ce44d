namespace Microsoft.DurableTask.Abstractions;

/// <summary>Compares the versions of orchestrators.</summary>
public static class TaskOrchestrationVersioningUtils
{
    /// <summary>
    /// Compares two versions: as numbers such as <c>1.10.2</c> if both are, otherwise as text without regard to letter
    /// case. No version comes before any other.
    /// </summary>
    /// <param name="sourceVersion">One version; null, empty or white space for none.</param>
    /// <param name="otherVersion">The other version; null, empty or white space for none.</param>
    /// <returns>Less than zero if the first one is the older, zero if they are equal, more than zero otherwise.</returns>
    public static int CompareVersions(string sourceVersion, string otherVersion)
    {
        var sourceIsEmpty = string.IsNullOrWhiteSpace(sourceVersion);
        var otherIsEmpty = string.IsNullOrWhiteSpace(otherVersion);
        if (sourceIsEmpty || otherIsEmpty)
        {
            return otherIsEmpty.CompareTo(sourceIsEmpty);
        }

        return Version.TryParse(sourceVersion, out var source) && Version.TryParse(otherVersion, out var other)
            ? source.CompareTo(other)
            : string.Compare(sourceVersion, otherVersion, StringComparison.OrdinalIgnoreCase);
    }
}
