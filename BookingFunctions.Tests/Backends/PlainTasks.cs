using DurableTask.Core;
using DurableTask.Core.Exceptions;

namespace BookingFunctions.Tests.Backends;

/// <summary>Tasks as the Durable Task Framework has them, without the SDK. Their payloads are arrays of arguments.</summary>
internal static class PlainTasks
{
    public sealed class Greets : TaskOrchestration<string, string>
    {
        public override Task<string> RunTask(OrchestrationContext context, string input) =>
            context.ScheduleTask<string>("Greet", "", input);
    }

    public sealed class Greet : TaskActivity<string, string>
    {
        protected override string Execute(TaskContext context, string input) => $"Hello, {input}!";
    }

    /// <summary>Catches what its activity throws if its input is "catch".</summary>
    public sealed class Catches : TaskOrchestration<string, string>
    {
        public override async Task<string> RunTask(OrchestrationContext context, string input)
        {
            try
            {
                return await context.ScheduleTask<string>("Throws", "");
            }
            catch (TaskFailedException e) when (input == "catch")
            {
                return $"{e.Name}: {e.Message}";
            }
        }
    }

    public sealed class ThrowsTimeout : TaskActivity<string, string>
    {
        protected override string Execute(TaskContext context, string input) => throw new TimeoutException("too late");
    }

    /// <summary>Starts the child whose id is its input, by the tag of DTFx that says that no answer is wanted.</summary>
    public sealed class SendsChildOff : TaskOrchestration<string, string>
    {
        public override Task<string> RunTask(OrchestrationContext context, string input)
        {
            _ = context.CreateSubOrchestrationInstance<string>(
                "Child", "", input, null, new Dictionary<string, string> { [OrchestrationTags.FireAndForget] = "" });
            return Task.FromResult("left");
        }
    }
}
