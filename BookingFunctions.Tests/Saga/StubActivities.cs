using DurableTask.Core;
using Microsoft.DurableTask.Worker.Shims;

namespace BookingFunctions.Tests.Saga;

/// <summary>Activities that a test has written, by name.</summary>
internal sealed class StubActivities(DurableTaskShimFactory shims) : INameVersionObjectManager<TaskActivity>
{
    private readonly Dictionary<string, TaskActivity> activities = [];

    public void Add<TInput, TOutput>(string name, Func<TInput, Task<TOutput>> run) =>
        activities.Add(name, shims.CreateActivity<TInput, TOutput>(name, async (_, input) => await run(input!)));

    public void Add(ObjectCreator<TaskActivity> creator) => activities.Add(creator.Name, creator.Create());

    public TaskActivity GetObject(string name, string? version) => activities[name];
}
