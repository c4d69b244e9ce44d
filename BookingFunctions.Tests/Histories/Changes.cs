using BookingFunctions.Saga;
using BookingFunctions.Travel;
using Microsoft.DurableTask;

namespace BookingFunctions.Tests.Histories;

/// <summary>Changes of the code of <see cref="BookTrip"/> that would break running trips.</summary>
internal static class Changes
{
    /// <summary>Changes nothing.</summary>
    public sealed class None(TaskOrchestrationContext inner) : ChangedContext(inner);

    /// <summary>Calls one more activity beside the booking of the flight.</summary>
    public sealed class AddedCall(TaskOrchestrationContext inner) : ChangedContext(inner)
    {
        public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
        {
            var result = base.CallActivityAsync<TResult>(name, input, options);
            if (name == ActivityNames.BookFlight)
            {
                _ = base.CallActivityAsync<string>("CheckPassport", "Alice Jones");
            }

            return result;
        }
    }

    /// <summary>Never notifies the traveler.</summary>
    public sealed class DroppedCall(TaskOrchestrationContext inner) : ChangedContext(inner)
    {
        public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null) =>
            name == ActivityNames.NotifyTraveler
                ? Task.FromResult<TResult>(default!)
                : base.CallActivityAsync<TResult>(name, input, options);
    }

    /// <summary>Books another hotel than the request says.</summary>
    public sealed class OtherInput(TaskOrchestrationContext inner) : ChangedContext(inner)
    {
        public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null) =>
            base.CallActivityAsync<TResult>(
                name, input is Booking booking ? booking with { Trip = booking.Trip with { Hotel = "Ritz" } } : input, options);
    }

    /// <summary>Has no deadline, and doesn't wait before retries.</summary>
    public sealed class DroppedTimer(TaskOrchestrationContext inner) : ChangedContext(inner)
    {
        public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) =>
            Task.Delay(Timeout.Infinite, CancellationToken.None);
    }

    /// <summary>Waits a second longer.</summary>
    public sealed class LongerTimer(TaskOrchestrationContext inner) : ChangedContext(inner)
    {
        public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) =>
            base.CreateTimer(fireAt.AddSeconds(1), cancellationToken);
    }

    /// <summary>Shows another custom status.</summary>
    public sealed class OtherStatus(TaskOrchestrationContext inner) : ChangedContext(inner)
    {
        public override void SetCustomStatus(object? customStatus) => base.SetCustomStatus("under way");
    }
}
