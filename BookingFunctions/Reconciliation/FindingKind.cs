namespace BookingFunctions.Reconciliation;

/// <summary>What is wrong with a reservation.</summary>
public enum FindingKind
{
    /// <summary>It is held, but no trip wants it.</summary>
    Orphan,

    /// <summary>It is not held, but its trip is confirmed.</summary>
    Missing,

    /// <summary>It is held for a trip that was cancelled, and an operator has accepted that.</summary>
    Accepted,
}
