namespace DurableTask.Sqlite.Work;

/// <summary>Where an open instance is between two turns.</summary>
internal enum InstancePhase
{
    /// <summary>It waits for messages.</summary>
    Idle,

    /// <summary>It has messages, and its history is being read.</summary>
    Loading,

    /// <summary>It is in the queue of turns.</summary>
    Ready,

    /// <summary>A turn of its runs.</summary>
    Locked,

    /// <summary>Its last turn was abandoned: it waits for the next attempt.</summary>
    Parked,
}
