using BookingFunctions.Storage;
using BookingFunctions.Travel;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Simulation.Worlds;

/// <summary>The built-in provider, behind a network that loses, delays and repeats calls and answers.</summary>
internal sealed class UnreliableProvider(ITravelProvider provider, World world, SimulatedProcess process) : ITravelProvider
{
    // Beyond what ProviderInvoker waits, at times.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan BreakTime = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestBreak = TimeSpan.FromHours(1);

    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    public Task<string> BookAsync(Booking booking, CancellationToken cancellation)
    {
        if (!world.Profile.BeginsBeforeCommit && world.Faults.AnswersLate() && world.Draw.Chance(300))
        {
            BookFromOutside(booking);
        }

        return CallAsync(booking, undo: false, ct => provider.BookAsync(booking, ct), cancellation);
    }

    public Task UndoAsync(Booking booking, CancellationToken cancellation) => CallAsync(
        booking,
        undo: true,
        async ct =>
        {
            await provider.UndoAsync(booking, ct);
            return true;
        },
        cancellation);

    private async Task<T> CallAsync<T>(Booking booking, bool undo, Func<CancellationToken, Task<T>> call, CancellationToken cancellation)
    {
        // A call over the network goes on when its caller has given up; one that only writes to the file doesn't.
        var outlives = world.Profile.BeginsBeforeCommit ? cancellation : CancellationToken.None;
        var what = $"{(undo ? "undo" : "book")} {booking.ReservationId}";
        world.Counts.Calls++;
        if (world.Faults.CircuitIsOpen(booking.Leg, undo))
        {
            world.Log($"call refused: {what}");
            throw new CircuitOpenException("The circuit is open.", BreakTime);
        }

        if (world.Faults.AsksToBeLeftAlone())
        {
            var time = world.Draw.UpTo(LongestBreak);
            world.Log($"call answered with Retry-After {time}: {what}");
            throw new ProviderUnavailableException("The supplier is busy.", time);
        }

        if (world.Faults.CallsTwice())
        {
            world.Log($"call twice: {what}");
            _ = IgnoreAsync(call(outlives));
        }

        if (world.Faults.AnswersLate())
        {
            // It is done in the end, also when the caller has stopped waiting.
            var delay = world.Draw.UpTo(LongestDelay);
            world.Log($"call late by {delay}: {what}");
            await Task.Delay(delay, process.Clock, outlives);
            return await call(outlives);
        }

        if (!world.Faults.FailsCall())
        {
            return await call(cancellation);
        }

        if (world.Draw.Chance(500))
        {
            world.Log($"call lost: {what}");
            throw new ProviderUnavailableException("The call was lost.");
        }

        world.Log($"answer lost: {what}");
        await call(cancellation);
        throw new ProviderUnavailableException("The answer was lost.");
    }

    // A provider's own system books when the call gets there, and no crash of ours keeps it from that.
    private void BookFromOutside(Booking booking)
    {
        var delay = world.Draw.UpTo(TimeSpan.FromMinutes(5));
        world.Log($"another call arrives after {delay}: book {booking.ReservationId}");
        _ = world.Outside.Start(async () =>
        {
            await Task.Delay(delay, world.OutsideClock);
            while (!(await BookNowAsync(booking)).IsDone)
            {
                await Task.Delay(RetryInterval, world.OutsideClock);
            }
        });
    }

    // The built-in provider's reservations are in the app's own file, which only its process can write.
    private Task<Answer> BookNowAsync(Booking booking)
    {
        var up = world.Process;
        return up.AskAsync(() => up.Services.GetRequiredService<IReservationStore>().BookAsync(
            booking.ReservationId, booking.Leg, booking.Item, "LATE", world.Inventory.Of(booking.Leg), CancellationToken.None));
    }

    private static async Task IgnoreAsync<T>(Task<T> call)
    {
        try
        {
            await call;
        }
        catch (Exception e) when (e is BookingRefusedException or ProviderUnavailableException or IOException or OperationCanceledException)
        {
            // The second answer is not awaited.
        }
    }
}
