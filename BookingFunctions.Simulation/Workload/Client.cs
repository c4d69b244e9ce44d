using BookingFunctions.Simulation.Disk;
using BookingFunctions.Simulation.Worlds;
using BookingFunctions.Trips.Deciding;
using DurableTask.Core.Exceptions;
using DurableTask.Sqlite;
using DurableTask.Sqlite.Instances;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Simulation.Workload;

/// <summary>A client outside, which calls the process that is up. A crash leaves its calls unanswered.</summary>
internal sealed class Client(World world, string name)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(5);

    // An instance keeps its id in any status, as with the app's starter.
    private static readonly OrchestrationRuntimeStatus[] Taken =
    [
        OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended,
        OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated,
    ];

    public string Name => name;

    public World World => world;

    public Task PauseAsync(int longestSeconds) =>
        Task.Delay(world.Draw.UpTo(TimeSpan.FromSeconds(longestSeconds)), world.OutsideClock);

    /// <summary>Calls the client of the process that is up.</summary>
    public Task<Answer> AskAsync(string what, Func<DurableTaskClient, Task> call, Func<Exception, bool>? isExpected = null) =>
        AskAsync(what, (SimulatedProcess process) => call(process.Client), isExpected);

    /// <summary>Calls the process that is up.</summary>
    public async Task<Answer> AskAsync(string what, Func<SimulatedProcess, Task> call, Func<Exception, bool>? isExpected = null)
    {
        while (!world.Process.IsUp)
        {
            await Task.Delay(PollInterval, world.OutsideClock);
        }

        world.Log($"{name}: {what}");
        var process = world.Process;
        var answer = await process.AskAsync(() => call(process));
        world.Log($"{name}: {what}: {answer}");
        if (answer.Error is not (null or OperationCanceledException)
            && answer.Error is not (OrchestrationAlreadyExistsException or OrchestrationNotRunningException)
            && !SimulatedDiskException.IsIn(answer.Error)
            && isExpected?.Invoke(answer.Error) != true)
        {
            world.Violate($"{name} wanted to {what}, and got {answer.Error}");
        }

        return answer;
    }

    /// <summary>Asks until there is an answer that is no failure of the disk.</summary>
    public async Task<Answer> InsistAsync(string what, Func<DurableTaskClient, Task> call, Func<Exception, bool>? isExpected = null)
    {
        while (true)
        {
            var answer = await AskAsync(what, call, isExpected);
            if (answer.IsKnown && answer.Error is not OperationCanceledException && !SimulatedDiskException.IsIn(answer.Error))
            {
                return answer;
            }

            await PauseAsync(5);
        }
    }

    /// <summary>Starts an instance, however often that takes.</summary>
    /// <param name="orchestrator">What to start.</param>
    /// <param name="id">Its id.</param>
    /// <param name="input">Its input.</param>
    /// <param name="after">When to start it, from now; null for at once.</param>
    /// <param name="replaces">Whether an instance with this id that has ended gives way.</param>
    public async Task StartAsync(string orchestrator, string id, object? input, TimeSpan? after = null, bool replaces = false)
    {
        var tags = new Dictionary<string, string> { [Ledger.StartTag] = name };
        var options = new StartOrchestrationOptions(id, after is { } wait ? world.Time.UtcNow + wait : null) { Tags = tags };
        var answer = await InsistAsync(
            $"start {orchestrator} {id}",
            client => client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, options.WithDedupeStatuses(replaces ? [] : Taken)));
        if (answer.IsDone)
        {
            world.Ledger.Acknowledge(id, name);
        }
        else if (world.Disk.FindInstance(id) is null)
        {
            world.Violate($"{name} got the answer that '{id}' exists, and it does not.");
        }
    }

    /// <summary>Waits until an instance has ended.</summary>
    public async Task WaitAsync(string id)
    {
        await InsistAsync($"wait for {id}", client => client.WaitForInstanceCompletionAsync(id));
        if (world.Disk.FindInstance(id) is not { HasEnded: true })
        {
            world.Violate($"{name} got the answer that '{id}' has ended, and it has not.");
        }
    }

    /// <summary>Does something to an instance that it need not expect.</summary>
    public async Task DisturbAsync(string id, bool mayTerminate)
    {
        await PauseAsync(60);
        switch (world.Draw.Below(4))
        {
            case 0:
            case 1:
                await AskAsync($"suspend {id}", client => client.SuspendInstanceAsync(id, "drawn"));
                await PauseAsync(60);
                if (world.Draw.Chance(700))
                {
                    await AskAsync($"resume {id}", client => client.ResumeInstanceAsync(id, "drawn"));
                }

                break;
            case 2:
                await AskAsync($"resume {id}", client => client.ResumeInstanceAsync(id, "drawn"));
                break;
            default:
                TerminateInstanceOptions options = new("drawn", world.Draw.Chance(500));
                world.Ledger.Trips.AskForTermination(id);
                if (mayTerminate && (await AskAsync($"terminate {id}", client => client.TerminateInstanceAsync(id, options))).IsDone)
                {
                    // A cancellation that was terminated may be begun anew, under the same id.
                    if (!id.EndsWith(Cancellation.IdOf(""), StringComparison.Ordinal))
                    {
                        world.Ledger.AcknowledgeTermination(id);
                    }
                }

                break;
        }
    }
}
