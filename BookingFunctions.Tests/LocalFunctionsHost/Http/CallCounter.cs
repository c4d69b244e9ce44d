namespace BookingFunctions.Tests.LocalFunctionsHost.Http;

/// <summary>A scoped service: each call of a function has one of its own.</summary>
public sealed class CallCounter : IDisposable
{
    private static int made;

    public int Number { get; } = Interlocked.Increment(ref made);

    public bool IsDisposed { get; private set; }

    public void Dispose() => IsDisposed = true;
}
