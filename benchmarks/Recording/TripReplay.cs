using LocalRuntime.Storage;

namespace BookingFunctions.Benchmarks.Recording;

/// <summary>Runs recorded statements again.</summary>
internal static class TripReplay
{
    /// <summary>Runs a statement with values of another trip.</summary>
    public static void Run(SqliteSession session, string sql, object?[] values)
    {
        var statement = session.Statement(sql);
        foreach (var value in values)
        {
            if (value is long number)
            {
                statement.Bind(number);
            }
            else
            {
                statement.Bind((string?)value);
            }
        }

        statement.Run();
    }
}
