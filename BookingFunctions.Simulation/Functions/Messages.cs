using System.Globalization;
using BookingFunctions.Simulation.Disk;
using BookingFunctions.Simulation.Worlds;
using BookingFunctions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Simulation.Functions;

/// <summary>Has messages written, and waits for some of them or for none: they are written all the same.</summary>
public static class Messages
{
    /// <summary>The trip that they are about.</summary>
    public const string NoTrip = "none";

    /// <summary>The orchestrator.</summary>
    /// <param name="context">The orchestration.</param>
    /// <param name="count">How many messages; of an even number, every other one is waited for.</param>
    /// <returns>How many were waited for.</returns>
    [Function(nameof(Messages))]
    public static async Task<int> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        var messages = Enumerable.Range(0, count)
            .Select(number => context.CallActivityAsync(nameof(WriteMessage), IdOf(context.InstanceId, number))).ToList();
        var awaited = messages.Where((_, number) => count % 2 == 0 && number % 2 == 0).ToList();
        await Task.WhenAll(awaited);
        return awaited.Count;
    }

    /// <summary>Writes a message and its copy, sooner or later.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="context">The call.</param>
    [Function(nameof(WriteMessage))]
    public static async Task WriteMessage([ActivityTrigger] string id, FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var services = context.InstanceServices;
        await services.GetRequiredService<UnreliableWork>().TakeTimeAsync(context.CancellationToken);
        await WriteAsync(services, id, context.CancellationToken);
        await WriteAsync(services, CopyOf(id), context.CancellationToken);
    }

    /// <summary>The id of a message.</summary>
    /// <param name="instanceId">The instance that has it written.</param>
    /// <param name="number">Which, from 0.</param>
    public static string IdOf(string instanceId, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"message {number} of {instanceId}");

    /// <summary>The id of a message's copy.</summary>
    /// <param name="id">The message's.</param>
    public static string CopyOf(string id) => $"copy of {id}";

    private static async Task WriteAsync(IServiceProvider services, string id, CancellationToken cancellation)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        while (true)
        {
            try
            {
                var now = clock.GetUtcNow();
                await services.GetRequiredService<IOutbox>().AddAsync(new OutboxMessage(id, NoTrip, "", now), cancellation);
                return;
            }
            catch (Exception error) when (SimulatedDiskException.IsIn(error))
            {
                // An activity that no orchestrator waits for is not retried.
                await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellation);
            }
        }
    }
}
