namespace BookingFunctions.Benchmarks.Recording;

/// <summary>A statement that the writer ran for a trip.</summary>
/// <param name="Sql">Its text.</param>
/// <param name="Values">What was bound: long, string or null each.</param>
internal sealed record RecordedStatement(string Sql, object?[] Values);
