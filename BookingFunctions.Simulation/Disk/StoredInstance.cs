using DurableTask.Core;

namespace BookingFunctions.Simulation.Disk;

/// <summary>An instance as the disk has it.</summary>
/// <param name="Key">The key of its row.</param>
/// <param name="InstanceId">Its id.</param>
/// <param name="Name">Its orchestrator.</param>
/// <param name="Status">Its status.</param>
/// <param name="HasEnded">Whether it has ended.</param>
/// <param name="Turns">How many turns it has had.</param>
/// <param name="ParentInstanceId">The instance that it is a child of, or null.</param>
/// <param name="Start">Its start, as JSON.</param>
/// <param name="Input">Its input, as JSON.</param>
/// <param name="Output">Its output as JSON, or why it has failed or was terminated; null while it is open.</param>
/// <param name="CustomStatus">Its custom status, as JSON.</param>
internal sealed record StoredInstance(
    long Key,
    string InstanceId,
    string Name,
    OrchestrationStatus Status,
    bool HasEnded,
    int Turns,
    string? ParentInstanceId,
    string Start,
    string? Input,
    string? Output,
    string? CustomStatus);
