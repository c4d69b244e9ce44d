namespace BookingFunctions.Benchmarks.Recording;

/// <summary>A row that a trip has left in the file.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Values">What they have: long, string or null each.</param>
internal sealed record RecordedRow(string Table, string[] Columns, object?[] Values)
{
    /// <summary>The statement that inserts it.</summary>
    public string Sql { get; } =
        $"INSERT INTO {Table} ({string.Join(", ", Columns)}) VALUES ({string.Join(", ", Columns.Select(_ => "?"))})";
}
