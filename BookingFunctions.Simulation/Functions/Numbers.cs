using BookingFunctions.Simulation.Worlds;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Simulation.Functions;

/// <summary>An activity whose result is known.</summary>
public static class Numbers
{
    /// <summary>Returns its input, unless it fails.</summary>
    /// <param name="number">Any number.</param>
    /// <param name="context">The call.</param>
    [Function(nameof(Number))]
    public static async Task<int> Number([ActivityTrigger] int number, FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        await context.InstanceServices.GetRequiredService<UnreliableWork>().DoAsync(context.CancellationToken);
        return number;
    }
}
