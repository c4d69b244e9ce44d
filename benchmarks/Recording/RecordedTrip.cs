namespace BookingFunctions.Benchmarks.Recording;

/// <summary>A confirmed trip as the store saw it, to be written again for other trips without an engine.</summary>
internal sealed record RecordedTrip
{
    /// <summary>Numbers of trips are given from here on, which makes them recognizable among other numbers.</summary>
    public const long FirstNumber = 1_000_000_000;

    /// <summary>Keys of instances are given from here on.</summary>
    public const long FirstKey = 3_000_000_000;

    /// <summary>Ids of messages and activities are given from here on.</summary>
    public const long FirstMessage = 7_000_000_000;

    // Many times what a trip needs.
    private const long MessagesPerTrip = 100;

    // Ticks of this century are above it, and no other number is.
    private const long FirstTick = 600_000_000_000_000_000;

    private const int RandomCharacters = 10;
    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>The trip's id, the last ten characters of which are random.</summary>
    public required string Id { get; init; }

    /// <summary>Its instance's execution id.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>What the writer ran for it, one list a commit.</summary>
    public required IReadOnlyList<IReadOnlyList<RecordedStatement>> Commits { get; init; }

    /// <summary>What it has left in the file.</summary>
    public required IReadOnlyList<RecordedRow> Rows { get; init; }

    /// <summary>A file that has all tables and indexes, and few rows.</summary>
    public required string File { get; init; }

    /// <summary>Gives a value that belongs to another trip.</summary>
    /// <param name="value">The recorded trip's.</param>
    /// <param name="number">Which other trip, from 1. Ids ascend with it.</param>
    /// <param name="age">How much earlier it was booked.</param>
    public object? For(object? value, int number, TimeSpan age) => value switch
    {
        string text => text
            .Replace(Id, TripId(number), StringComparison.Ordinal)
            .Replace(ExecutionId, $"{number:x8}{ExecutionId[8..]}", StringComparison.Ordinal),
        long tick and > FirstTick => tick - age.Ticks,
        long message and > FirstMessage and < 2 * FirstMessage => message + (number * MessagesPerTrip),
        long key and > FirstNumber and < FirstMessage => key + number,
        _ => value,
    };

    /// <summary>The highest ids that were given after so many trips: those of instances and those of messages.</summary>
    public static (long Key, long Message) HighWater(int trips) => (FirstKey + trips + 10, FirstMessage + ((trips + 10) * MessagesPerTrip));

    private string TripId(int number)
    {
        var id = Id.ToCharArray();
        for (var (at, left) = (id.Length - 1, number); at >= id.Length - RandomCharacters; at--, left /= Digits.Length)
        {
            id[at] = Digits[left % Digits.Length];
        }

        return new string(id);
    }
}
