namespace BookingFunctions.Local.Storage;

/// <summary>A trip's id is taken: what was to be written with its row is not written either.</summary>
/// <param name="id">The id.</param>
internal sealed class IdTakenException(string id) : Exception($"There is a trip '{id}' already.");
