namespace BookingFunctions.Simulation.Scheduling;

/// <summary>
/// Something was resumed by a thread other than the world's: it had gone to the thread pool, where no seed decides when it
/// runs. Look for Task.Run, CancelAsync, ConfigureAwait(false), or WaitAsync and WhenAny on a task whose source runs its
/// continuations asynchronously.
/// </summary>
internal sealed class EscapedWorkException(string stackTrace)
    : Exception($"Work escaped to the thread pool and was resumed from there:{Environment.NewLine}{stackTrace}")
{
    private static int escapes;

    /// <summary>How often work escaped, in any world, also when that world had ended by then.</summary>
    public static int Escapes => Volatile.Read(ref escapes);

    public static void Count() => Interlocked.Increment(ref escapes);
}
