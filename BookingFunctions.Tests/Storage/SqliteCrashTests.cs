using System.Diagnostics;
using System.Globalization;
using BookingFunctions.Tests.EndToEnd;
using LocalRuntime.Storage;

namespace BookingFunctions.Tests.Storage;

public sealed class SqliteCrashTests : IDisposable
{
    private readonly DataFile file = new();

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task A_process_killed_while_it_writes_loses_nothing_it_was_told_of_and_leaves_no_half_turns()
    {
        Dictionary<long, int> acknowledged = [];
        foreach (int lines in (int[])[50, 1000, 3333])
        {
            await WriteUntilKilledAsync(lines, acknowledged);

            await using SqliteDatabase database = SqliteDatabase.Open(file.Path);
            SqliteOrchestrationStore store = new(database);
            OpenWork work = await store.ReadOpenWorkAsync(default);
            Dictionary<long, int> activities = work.Activities.ToDictionary(activity => activity.InstanceKey, activity => activity.TaskId);
            foreach ((long key, int turn) in acknowledged)
            {
                StoredInstance stored = Assert.IsType<StoredInstance>(await store.LoadAsync($"trip-{key}", default));
                Assert.InRange(stored.LastTurn, turn, int.MaxValue);
                Assert.Equal(Enumerable.Range(1, stored.LastTurn).Select(number => $"[{number}]"), stored.History);
                Assert.Equal([KilledWriter.MessageOf(key, stored.LastTurn)], stored.Inbox.Select(message => message.Id));
                Assert.Equal(stored.LastTurn == 0 ? null : $"{stored.LastTurn}", stored.Row.CustomStatus);
                Assert.Equal(stored.LastTurn, activities.GetValueOrDefault(key));
                Assert.InRange(key, 1, work.LastInstanceKey);
            }
        }
    }

    // Lets another process write, and kills it once it has said so often that something was written.
    private async Task WriteUntilKilledAsync(int lines, Dictionary<long, int> acknowledged)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { typeof(KilledWriter).Assembly.Location, file.Path },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
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
