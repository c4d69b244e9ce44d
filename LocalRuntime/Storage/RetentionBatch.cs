namespace LocalRuntime.Storage;

/// <summary>What became of some instances that ended long ago.</summary>
/// <param name="Purged">How many were removed.</param>
/// <param name="Next">Where to go on, or null if there are no more.</param>
internal sealed record RetentionBatch(int Purged, RetentionPosition? Next);
