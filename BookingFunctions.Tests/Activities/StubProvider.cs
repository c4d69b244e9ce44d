using BookingFunctions.Travel;

namespace BookingFunctions.Tests.Activities;

/// <summary>A provider that does the same for each call.</summary>
internal sealed class StubProvider(Func<CancellationToken, Task<string>> call) : ITravelProvider
{
    public Task<string> BookAsync(Booking booking, CancellationToken cancellation) => call(cancellation);

    public Task UndoAsync(Booking booking, CancellationToken cancellation) => call(cancellation);
}
