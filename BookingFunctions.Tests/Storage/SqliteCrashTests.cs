using System.Globalization;

namespace BookingFunctions.Tests.Storage;

public class SqliteCrashTests
{
    private const int Trips = 500;

    // Two files, one a core.
    [Fact]
    public Task A_process_killed_many_times_while_it_commits_loses_nothing_that_was_acknowledged_and_leaves_no_half_turns() =>
        Task.WhenAll(KillAsync(seed: 1, times: 15), KillAsync(seed: 2, times: 15));

    private static async Task KillAsync(int seed, int times)
    {
        using StoreFile file = new();
        Random random = new(seed);
        var acknowledged = await CreateTripsAsync(file);
        for (var time = 0; time < times; time++)
        {
            await WriteUntilKilledAsync(file.Path, random.Next(1, 2 * Trips), acknowledged);

            await using var database = file.Open(Turns.Schema);
            var last = await Turns.CheckAsync(database);
            Assert.Equal(Trips, last.Count);
            Assert.All(acknowledged, trip => Assert.InRange(last[trip.Key], trip.Value, int.MaxValue));
        }
    }

    private static async Task<Dictionary<long, int>> CreateTripsAsync(StoreFile file)
    {
        await using var database = file.Open(Turns.Schema);
        await Task.WhenAll(Enumerable.Range(1, Trips).Select(trip => Turns.CreateAsync(database, trip)));
        return Enumerable.Range(1, Trips).ToDictionary(trip => (long)trip, _ => 0);
    }

    // Lets another process write, and kills it once it has said so often that something was written.
    private static async Task WriteUntilKilledAsync(string path, int lines, Dictionary<long, int> acknowledged)
    {
        using var process = StoreProcess.Start(nameof(KilledWriter), path);
        var errors = process.StandardError.ReadToEndAsync();
        var read = 0;
        try
        {
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                // What it said before it was killed counts as well; only the last line may be cut off.
                var parts = line.Split(' ');
                if (parts.Length == 2 && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var turn))
                {
                    acknowledged[long.Parse(parts[0], CultureInfo.InvariantCulture)] = turn;
                }

                if (++read == lines)
                {
                    process.Kill();
                }
            }
        }
        finally
        {
            process.Kill();
        }

        await process.WaitForExitAsync();
        Assert.True(read >= lines, await errors);
    }
}
