using System.Text.Json;
using BookingFunctions.Tests.EndToEnd;
using CsCheck;
using DurableTask.Core;
using LocalRuntime.Storage;

namespace BookingFunctions.Tests.Storage;

/// <summary>What the simulation shows on the in-memory store holds on SQLite only if both do the same.</summary>
public sealed class StoresAgreeTests
{
    private static readonly DateTime Now = new(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc);
    private static readonly string[] Ids = ["a", "b", "c", "parent"];
    private static readonly Gen<string> AnyId = Gen.Int[0, Ids.Length - 1].Select(index => Ids[index]);
    private static readonly Gen<OrchestrationStatus> AnyStatus = Gen.Enum<OrchestrationStatus>();

    private static readonly Gen<int[]> AnyTasks = Gen.Int[1, 5].HashSet[0, 3].Select(tasks => tasks.ToArray());

    // Ids of instances, tasks and messages come from few values, so that operations meet.
    private static readonly Gen<Operation> AnyOperation = Gen.Frequency(
        (3, Gen.Select(AnyId, AnyStatus.Array[0, 4], (id, replaceable) => new Operation(
            $"create {id}", async (store, next) => await store.CreateAsync(New(id, next), replaceable)))),
        (3, Gen.Select(AnyId, AnyStatus, AnyStatus.Array[0, 4], AnyTasks, AnyId.Array[0, 2], AnyId.Array[0, 2], (id, status, replaceable, tasks, children, receivers) =>
            new Operation($"start {id} {status}", async (store, next) =>
            {
                InstanceRow row = New(id, next).Row with { Status = status, CustomStatus = "1" };
                return await store.StartAsync(Adding(Turn(row, 1), next, tasks, children, receivers), replaceable);
            }))),
        (2, Gen.Select(AnyId, Gen.Bool, (id, delayed) => new Operation(
            $"post {id}", async (store, next) => await store.PostAsync(new InstanceMessage(next(), id, "post", delayed ? Now : null))))),
        (8, Gen.Select(AnyId, AnyStatus, Gen.Int[0, 7], AnyTasks, AnyTasks, AnyId.Array[0, 2], AnyId.Array[0, 2], (id, status, choice, done, tasks, children, receivers) =>
            new Operation($"turn {id} {status}", (store, next) => TurnAsync(store, next, id, status, choice, done, tasks, children, receivers)))),
        (1, Gen.Select(Gen.Long[1, 20], Gen.Int[1, 3], (key, task) => new Operation(
            $"remove {key} {task}", async (store, _) =>
            {
                await store.RemoveActivityAsync(key, task);
                return null;
            }))),
        (1, AnyId.Array[0, 3].Select(ids => new Operation($"purge {string.Join(' ', ids)}", async (store, _) => await store.PurgeAsync(ids)))));

    [Fact]
    public async Task Both_stores_answer_the_same_whatever_is_done()
    {
        await AnyOperation.Array[1, 40].SampleAsync(
            async operations =>
            {
                InMemoryOrchestrationStore expected = new();
                using DataFile file = new();
                await using SqliteDatabase database = SqliteDatabase.Open(file.Path);
                SqliteOrchestrationStore actual = new(database);
                Assert.Equal(await RunAsync(expected, operations), await RunAsync(actual, operations));
            },
            iter: 100,
            threads: 2);
    }

    private static async Task<string> RunAsync(IOrchestrationStore store, Operation[] operations)
    {
        List<object?> seen = [];
        long lastId = 0;
        foreach (Operation operation in operations)
        {
            seen.Add(operation.Name);
            try
            {
                seen.Add(await operation.RunAsync(store, () => ++lastId));
            }
            catch (Exception exception) when (exception is not InstanceGoneException)
            {
                // Each store has its own words for a turn whose number is taken.
                seen.Add("failed");
            }
            catch (InstanceGoneException exception)
            {
                seen.Add(exception.Message);
            }

            seen.Add(await store.ReadOpenWorkAsync(default));
            foreach (string id in Ids)
            {
                seen.Add(await store.LoadAsync(id, default));
            }

            seen.Add(await store.QueryAsync(new InstanceQuery { Statuses = [OrchestrationStatus.Running, OrchestrationStatus.Completed], PageSize = 2 }, default));
        }

        return string.Join('\n', seen.Select(item => JsonSerializer.Serialize(item)));
    }

    private static async Task<object?> TurnAsync(
        IOrchestrationStore store,
        Func<long> next,
        string id,
        OrchestrationStatus status,
        int choice,
        int[] done,
        int[] tasks,
        string[] children,
        string[] receivers)
    {
        if (await store.LoadAsync(id, default) is not { } stored)
        {
            return await store.CommitAsync(Turn(New(id, next).Row, 1));
        }

        TurnCommit turn = Turn(stored.Row with { Status = status, Output = $"{status}" }, choice == 0 ? stored.LastTurn : stored.LastTurn + 1) with
        {
            DropsHistory = choice == 1,
            ConsumedMessages = [.. stored.Inbox.Take(done.Length).Select(message => message.Id)],
            FinishedActivities = [.. done.Select(id => (long)id)],
            FinishedTimers = done,
        };
        return await store.CommitAsync(Adding(turn, next, tasks, children, receivers));
    }

    private static TurnCommit Adding(TurnCommit turn, Func<long> next, int[] tasks, string[] children, string[] receivers)
    {
        InstanceRow row = turn.Row;
        return turn with
        {
            Activities = [.. tasks.Select(task => new ScheduledActivity(next(), row.Key, row.InstanceId, "1", task, "BookCar", null, $"{task}"))],
            Timers = [.. tasks.Select(task => new ScheduledTimer(row.Key, row.InstanceId, row.ExecutionId, task, Now.AddMinutes(task)))],
            Messages = [.. receivers.Select(receiver => new InstanceMessage(next(), receiver, "message"))],
            Children = [.. children.Distinct().Select(child => New(child, next) with { IfTaken = new InstanceMessage(next(), row.InstanceId, "taken") })],
        };
    }

    private static TurnCommit Turn(InstanceRow row, int number) => new() { Row = row, Turn = number, Events = $"[{number}]" };

    private static NewInstance New(string id, Func<long> next)
    {
        InstanceRow row = new()
        {
            Key = next(),
            InstanceId = id,
            ExecutionId = "1",
            Name = "BookTrip",
            Status = OrchestrationStatus.Pending,
            CreatedAt = Now,
            UpdatedAt = Now,
        };
        return new NewInstance(row, new InstanceMessage(next(), id, "start"));
    }

    private sealed record Operation(string Name, Func<IOrchestrationStore, Func<long>, Task<object?>> RunAsync)
    {
        public override string ToString() => Name;
    }
}
