namespace BookingFunctions.Trips;

/// <summary>The app's settings: the section <c>Saga</c>, in the environment <c>Saga__Attempts</c> and so on.</summary>
public sealed class SagaOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Saga";

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>How often a leg is tried at most, unless its trip says otherwise: from 1 to 1000.</summary>
    public int Attempts { get; set; } = 10;

    /// <summary>
    /// How long after its first failure a leg is tried again: zero for at once, and <see cref="MaxRetryInterval"/> at most.
    /// </summary>
    public TimeSpan FirstRetryInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many times longer each wait is than the one before, from 1.</summary>
    public double BackoffCoefficient { get; set; } = 2;

    /// <summary>The longest wait between two tries of a leg.</summary>
    public TimeSpan MaxRetryInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often an undo is tried before an operator has to help: from 1 to 1000.</summary>
    public int UndoAttempts { get; set; } = 20;

    /// <summary>
    /// How long after its first failure an undo is tried again: zero for at once, and <see cref="MaxUndoRetryInterval"/> at most.
    /// </summary>
    public TimeSpan FirstUndoRetryInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many times longer each wait is than the one before, from 1.</summary>
    public double UndoBackoffCoefficient { get; set; } = 2;

    /// <summary>The longest wait between two tries of an undo.</summary>
    public TimeSpan MaxUndoRetryInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether the answer to the start of a trip has the addresses of the management API, which carry a key on Azure and
    /// allow to end the trip's orchestration.
    /// </summary>
    public bool ManagementLinks { get; set; } = true;

    /// <summary>How a leg is retried.</summary>
    /// <param name="attempts">How often at most; null for <see cref="Attempts"/>.</param>
    public RetrySettings Booking(int? attempts = null) =>
        Retry(attempts ?? Attempts, FirstRetryInterval, BackoffCoefficient, MaxRetryInterval);

    /// <summary>How an undo is retried.</summary>
    public RetrySettings Undo() => Retry(UndoAttempts, FirstUndoRetryInterval, UndoBackoffCoefficient, MaxUndoRetryInterval);

    // No interval of zero, as Durable Functions' own retry policies, and no first interval above the longest.
    private static RetrySettings Retry(int attempts, TimeSpan first, double coefficient, TimeSpan max)
    {
        var longest = max > Shortest ? max : Shortest;
        return new RetrySettings(attempts, first < Shortest ? Shortest : first > longest ? longest : first, coefficient, longest);
    }
}
