using DurableTask.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Shims;

namespace BookingFunctions.Tests.Backends;

/// <summary>The orchestrators and activities of a worker.</summary>
public sealed class TestTasks
{
    private readonly Dictionary<(string Name, string Version), Func<TaskOrchestration>> orchestrators = [];
    private readonly Dictionary<(string Name, string Version), Func<TaskActivity>> activities = [];
    private DurableTaskShimFactory shims = new();

    /// <summary>Adds an orchestrator of the Durable Task SDK, or replaces it.</summary>
    public TestTasks Orchestrator<TInput, TOutput>(
        string name, Func<TaskOrchestrationContext, TInput, Task<TOutput>> run, string version = "") =>
        Orchestration(name, () =>
            shims.CreateOrchestration<TInput, TOutput>(name, async (context, input) => await run(context, input!)), version);

    /// <inheritdoc cref="Orchestrator{TInput, TOutput}"/>
    public TestTasks Orchestrator<TOutput>(string name, Func<TaskOrchestrationContext, Task<TOutput>> run, string version = "") =>
        Orchestrator<object, TOutput>(name, (context, _) => run(context), version);

    /// <summary>Adds an orchestrator as the Durable Task Framework has them, or replaces it.</summary>
    public TestTasks Orchestration(string name, Func<TaskOrchestration> create, string version = "")
    {
        orchestrators[(name, version)] = create;
        return this;
    }

    /// <summary>Adds an activity of the Durable Task SDK, or replaces it.</summary>
    public TestTasks Activity<TInput, TOutput>(string name, Func<TaskActivityContext, TInput, Task<TOutput>> run, string version = "")
    {
        activities[(name, version)] = () =>
            shims.CreateActivity<TInput, TOutput>(name, async (context, input) => await run(context, input!));
        return this;
    }

    /// <inheritdoc cref="Activity{TInput, TOutput}(string, Func{TaskActivityContext, TInput, Task{TOutput}}, string)"/>
    public TestTasks Activity<TInput, TOutput>(string name, Func<TInput, TOutput> run, string version = "") =>
        Activity<TInput, TOutput>(name, (_, input) => Task.FromResult(run(input)), version);

    /// <summary>Adds an activity as the Durable Task Framework has them, or replaces it.</summary>
    public TestTasks PlainActivity(string name, Func<TaskActivity> create, string version = "")
    {
        activities[(name, version)] = create;
        return this;
    }

    /// <summary>Sets what the SDK's tasks go by.</summary>
    public TestTasks With(DurableTaskWorkerOptions options)
    {
        shims = new DurableTaskShimFactory(options);
        return this;
    }

    internal void AddTo(TaskHubWorker worker)
    {
        worker.AddTaskOrchestrations([.. orchestrators.Select(task => new Creator<TaskOrchestration>(task.Key, task.Value))]);
        worker.AddTaskActivities([.. activities.Select(task => new Creator<TaskActivity>(task.Key, task.Value))]);
    }

    private sealed class Creator<T> : ObjectCreator<T>
    {
        private readonly Func<T> create;

        public Creator((string Name, string Version) key, Func<T> create)
        {
            (Name, Version) = key;
            this.create = create;
        }

        public override T Create() => create();
    }
}
