namespace Microsoft.Azure.Functions.Worker;

/// <summary>The addresses under which an instance is managed over HTTP. An address is null where the host has no such call.</summary>
public class HttpManagementPayload
{
    /// <summary>The instance's id.</summary>
    public string? Id { get; internal set; }

    /// <summary>GET answers the instance's status.</summary>
    public string? StatusQueryGetUri { get; internal set; }

    /// <summary>POST raises an event; <c>{eventName}</c> in it stands for the event's name.</summary>
    public string? SendEventPostUri { get; internal set; }

    /// <summary>POST ends the instance; a text in braces in it stands for the reason.</summary>
    public string? TerminatePostUri { get; internal set; }

    /// <summary>POST takes a failed instance back to before its failure.</summary>
    public string? RewindPostUri { get; internal set; }

    /// <summary>DELETE removes the finished instance and its history.</summary>
    public string? PurgeHistoryDeleteUri { get; internal set; }

    /// <summary>POST starts the orchestration again with the same input.</summary>
    public string? RestartPostUri { get; internal set; }

    /// <summary>POST suspends the instance; a text in braces in it stands for the reason.</summary>
    public string? SuspendPostUri { get; internal set; }

    /// <summary>POST lets the suspended instance go on; a text in braces in it stands for the reason.</summary>
    public string? ResumePostUri { get; internal set; }
}
