using System.Diagnostics;
using System.Globalization;
using BookingFunctions.Tests.EndToEnd;
using LocalRuntime.Storage;

namespace BookingFunctions.Tests.Storage;

public class SqliteCrashTests
{
    private const int Instances = 2000;

    // Two files, one a core.
    [Fact]
    public Task A_process_killed_a_hundred_times_while_it_commits_loses_nothing_it_was_told_of_and_leaves_no_half_turns() =>
        Task.WhenAll(KillAsync(seed: 1, times: 50), KillAsync(seed: 2, times: 50));

    private static async Task KillAsync(int seed, int times)
    {
        using DataFile file = new();
        Random random = new(seed);
        Dictionary<long, int> acknowledged = await CreateInstancesAsync(file.Path);
        for (int time = 0; time < times; time++)
        {
            await WriteUntilKilledAsync(file.Path, random.Next(1, 2 * Instances), acknowledged);

            await using SqliteDatabase database = SqliteDatabase.Open(file.Path);
            Dictionary<long, int> last = await Turns.CheckAsync(database);
            Assert.Equal(Instances, last.Count);
            Assert.All(acknowledged, instance => Assert.InRange(last[instance.Key], instance.Value, int.MaxValue));
            Assert.Equal(
                last.Where(instance => instance.Value > 0).OrderBy(instance => instance.Key),
                (await new SqliteOrchestrationStore(database).ReadOpenWorkAsync(default)).Activities
                    .Select(activity => KeyValuePair.Create(activity.InstanceKey, activity.TaskId)));
        }
    }

    private static async Task<Dictionary<long, int>> CreateInstancesAsync(string path)
    {
        await using SqliteDatabase database = SqliteDatabase.Open(path);
        SqliteOrchestrationStore store = new(database);
        await Task.WhenAll(Enumerable.Range(0, Instances).Select(instance => Turns.CreateAsync(store, Turns.KeyOf(instance))));
        return Enumerable.Range(0, Instances).ToDictionary(Turns.KeyOf, _ => 0);
    }

    // Lets another process write, and kills it once it has said so often that something was written.
    private static async Task WriteUntilKilledAsync(string path, int lines, Dictionary<long, int> acknowledged)
    {
        using Process process = StoreProcess.Start(nameof(KilledWriter), path);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        int read = 0;
        try
        {
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                // What it said before it was killed counts as well; only the last line may be cut off.
                string[] parts = line.Split(' ');
                if (parts.Length == 2 && int.TryParse(parts[1], CultureInfo.InvariantCulture, out int turn))
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
