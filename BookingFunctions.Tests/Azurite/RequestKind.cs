namespace BookingFunctions.Tests.Azurite;

/// <summary>What a request to a storage account is for.</summary>
internal enum RequestKind
{
    /// <summary>Polls for messages; most polls find none.</summary>
    QueueGet,

    /// <summary>Sends a message.</summary>
    QueuePut,

    /// <summary>Removes a message that was handled.</summary>
    QueueDelete,

    /// <summary>Keeps a message from others for longer, or gives it back.</summary>
    QueueUpdate,

    /// <summary>Reads an entity, or the history of an instance.</summary>
    TableRead,

    /// <summary>Writes entities of a partition.</summary>
    TableWrite,

    /// <summary>Reads a list of the app's entities.</summary>
    List,

    /// <summary>Reads or renews the leases of the partitions.</summary>
    Lease,

    /// <summary>Blobs, and the making of queues and tables.</summary>
    Other,
}
