using System.Collections.Concurrent;
using System.Globalization;
using BookingFunctions.Tests.Backends;
using DurableTask.Core;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;
using DurableTask.Sqlite;
using DurableTask.Sqlite.Instances;
using DurableTask.Sqlite.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask;

namespace BookingFunctions.Tests.DurableTaskSqlite;

/// <summary>The genuine dispatchers on a real file, with all their threads, while writes fail.</summary>
public sealed class FaultStormTests : IDisposable
{
    private const int Instances = 40;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fault-storm-");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task All_instances_end_right_while_transactions_are_lost_and_writes_fail_again_and_again(int seed)
    {
        Random random = new(seed);
        var areWritesFailing = true;
        await using var database = SqliteDatabase.Open(new SqliteDatabaseOptions { Path = Path.Combine(folder.FullName, $"{seed}.db") });
        using SqliteOrchestrationService service = new(database, new SqliteOrchestrationServiceSettings
        {
            MaxLiveInstances = 5,
            FirstRetryDelay = TimeSpan.FromMilliseconds(10),
            LongestRetryDelay = TimeSpan.FromMilliseconds(100),
        });
        ConcurrentDictionary<string, int> runs = new();
        var worker = new TaskHubWorker(service) { ErrorPropagationMode = ErrorPropagationMode.UseFailureDetails };
        new TestTasks()
            .Orchestrator<int, string>("Parent", RunAsync)
            .Orchestrator<string, string>("Child", (context, input) => context.CallActivityAsync<string>("Count", $"{input}-child"))
            .Activity<string, string>("Count", (_, input) =>
            {
                runs.AddOrUpdate(input, 1, (_, count) => count + 1);
                return Task.FromResult(input);
            })
            .AddTo(worker);
        await worker.StartAsync();
        database.Committer.BeforeWrite = () =>
        {
            switch (Volatile.Read(ref areWritesFailing) ? random.Next(120) : -1)
            {
                case 0:
                    throw new SqliteException("disk I/O error", 10);
                case 1 or 2:
                    throw new InvalidOperationException("A fault of this write's own.");
            }
        };

        await Task.WhenAll(Enumerable.Range(0, Instances).Select(number => StartAsync(service, number)));
        var states = await Task.WhenAll(Enumerable.Range(0, Instances).Select(number =>
            service.WaitForOrchestrationAsync(Id(number), "", TimeSpan.FromSeconds(90), CancellationToken.None)));
        Volatile.Write(ref areWritesFailing, false);
        await worker.StopAsync(isForced: true);

        Assert.True(database.Epoch > 0, "No transaction was lost.");
        for (var number = 0; number < Instances; number++)
        {
            var state = states[number];
            Assert.True(
                state?.OrchestrationStatus == OrchestrationStatus.Completed, $"{number}: {state?.OrchestrationStatus} {state?.Output}");
            Assert.Equal($"\"{number}-0,{number}-1,{number}-2,{number}-child,go,go,go\"", states[number].Output);
            Assert.True(runs[$"{number}-child"] >= 1);
        }

        Assert.Equal((0, 0), await LeftOversAsync(database));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static string Id(int number) => $"storm-{number}";

    private static async Task<string> RunAsync(TaskOrchestrationContext context, int round)
    {
        // Rounds count from 0 in the last three digits; the rest is the instance's number.
        var (number, generation) = (round / 1000, round % 1000);
        if (generation < 2)
        {
            context.ContinueAsNew(round + 1);
            return "";
        }

        List<string> parts = [.. await Task.WhenAll(
            Enumerable.Range(0, 3).Select(i => context.CallActivityAsync<string>("Count", $"{number}-{i}")))];
        await context.CreateTimer(TimeSpan.FromMilliseconds(20), CancellationToken.None);
        parts.Add(await context.CallSubOrchestratorAsync<string>("Child", $"{number}"));
        for (var i = 0; i < 3; i++)
        {
            parts.Add(await context.WaitForExternalEvent<string>("event"));
        }

        return string.Join(',', parts);
    }

    private static async Task StartAsync(SqliteOrchestrationService service, int number)
    {
        OrchestrationInstance instance = new() { InstanceId = Id(number), ExecutionId = Guid.NewGuid().ToString("N") };
        await RetryAsync(() => service.CreateTaskOrchestrationAsync(new TaskMessage
        {
            OrchestrationInstance = instance,
            Event = new ExecutionStartedEvent(-1, (number * 1000).ToString(CultureInfo.InvariantCulture))
            {
                OrchestrationInstance = instance,
                Name = "Parent",
                Version = "",
            },
        }));
        for (var i = 0; i < 3; i++)
        {
            await RetryAsync(() => service.SendTaskOrchestrationMessageAsync(new TaskMessage
            {
                OrchestrationInstance = new OrchestrationInstance { InstanceId = Id(number) },
                Event = new EventRaisedEvent(-1, "\"go\"") { Name = "event" },
            }));
        }
    }

    // A call that failed has written nothing, so that it can be repeated.
    private static async Task RetryAsync(Func<Task> call)
    {
        while (true)
        {
            try
            {
                await call();
                return;
            }
            catch (Exception exception) when (exception is StoreUnavailableException
                || (exception is InvalidOperationException
                    and not OrchestrationNotRunningException and not OrchestrationAlreadyExistsException))
            {
                await Task.Delay(5);
            }
        }
    }

    private static Task<(long Inbox, long Activities)> LeftOversAsync(SqliteDatabase database) => database.ReadAsync(
        session =>
            (session.Number("SELECT count(*) FROM inbox"), session.Number("SELECT count(*) FROM activities")), CancellationToken.None);
}
