using LocalRuntime.Engine;
using LocalRuntime.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Tests.Storage;

/// <summary>A process whose disk is full for a while; a limit on the size of its files stands in for that. It prints what it sees.</summary>
internal static class FullDiskEngine
{
    private const int Trips = 20;

    public static async Task RunAsync(string path)
    {
        await using (SqliteDatabase database = SqliteDatabase.Open(path))
        {
            await RunTripsAsync(database);
        }

        Posix.LimitFileSize(0);
        string other = path + ".other";
        Print(await Record.ExceptionAsync(() => SqliteDatabase.Open(other).DisposeAsync().AsTask()));
        Posix.LimitFileSize(null);
        await SqliteDatabase.Open(other).DisposeAsync();
        Console.WriteLine("opened");
    }

    private static async Task RunTripsAsync(SqliteDatabase database)
    {
        TaskCompletionSource booked = new();
        DurableTaskRegistry tasks = new();
        tasks.AddOrchestratorFunc("Trip", async context => $"{await context.CallActivityAsync<string>("Book")} {await context.CallActivityAsync<string>("Book")}");
        tasks.AddActivityFunc("Book", async _ =>
        {
            await booked.Task;
            return "booked";
        });
        await using ServiceProvider services = new ServiceCollection().BuildServiceProvider();
        ErrorSignal errors = new();
        await using DurableEngine engine = new(new SqliteOrchestrationStore(database), tasks, services, loggers: errors);
        await engine.StartAsync(default);
        string[] trips = await Task.WhenAll(Enumerable.Range(1, Trips).Select(trip => StartAsync(engine, $"trip-{trip}")));

        // Nothing can be appended any more: each commit of a turn fails, until there is room again.
        Posix.LimitFileSize(new FileInfo(database.Path + "-wal").Length);
        booked.SetResult();
        Console.WriteLine(await errors.First);
        Print(await Record.ExceptionAsync(() => StartAsync(engine, "refused")));
        Console.WriteLine($"{await CountAsync(engine, OrchestrationRuntimeStatus.Completed)} completed");

        Posix.LimitFileSize(null);
        await Task.WhenAll(trips.Select(trip => engine.Client.WaitForInstanceCompletionAsync(trip)));
        await StartAsync(engine, "accepted");
        await engine.Client.WaitForInstanceCompletionAsync("accepted");
        Console.WriteLine($"{await CountAsync(engine, OrchestrationRuntimeStatus.Completed)} completed");
    }

    private static Task<string> StartAsync(DurableEngine engine, string id) =>
        engine.Client.ScheduleNewOrchestrationInstanceAsync("Trip", new StartOrchestrationOptions(id));

    private static async Task<int> CountAsync(DurableEngine engine, OrchestrationRuntimeStatus status)
    {
        int count = 0;
        await foreach (OrchestrationMetadata _ in engine.Client.GetAllInstancesAsync(new OrchestrationQuery { Statuses = [status] }))
        {
            count++;
        }

        return count;
    }

    private static void Print(Exception? exception) => Console.WriteLine($"{exception?.GetType().Name}: {exception?.Message}");
}
