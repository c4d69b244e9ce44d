using DurableTask.Core;
using DurableTask.Sqlite.Instances;

namespace DurableTask.Sqlite.Work;

/// <summary>An open instance as it is read from the file.</summary>
/// <param name="Key">The key of its row.</param>
/// <param name="Instance">Its id and execution.</param>
/// <param name="Status">Running or suspended.</param>
/// <param name="Turns">How many turns its history has.</param>
/// <param name="Start">Its start, if it has not run yet.</param>
/// <param name="Work">What it waits for.</param>
/// <param name="Inbox">Its messages.</param>
internal sealed record StoredInstance(
    long Key,
    OrchestrationInstance Instance,
    OrchestrationStatus Status,
    int Turns,
    TaskMessage? Start,
    OpenWork Work,
    IReadOnlyList<InboxMessage> Inbox);
