using DurableTask.Core;

namespace DurableTask.Sqlite.Instances;

/// <summary>What a write has changed of the open instances: memory follows once the write is made.</summary>
internal abstract record Change;

/// <summary>An instance was started.</summary>
/// <param name="Key">The key of its row.</param>
/// <param name="Start">Its start.</param>
internal sealed record InstanceStarted(long Key, TaskMessage Start) : Change;

/// <summary>A message was put into an open instance's inbox.</summary>
/// <param name="Key">The instance's key.</param>
/// <param name="Message">The message.</param>
internal sealed record MessageDelivered(long Key, InboxMessage Message) : Change;

/// <summary>An instance was ended or removed, but not by its own turn.</summary>
/// <param name="Key">Its key.</param>
/// <param name="InstanceId">Its id.</param>
internal sealed record InstanceClosed(long Key, string InstanceId) : Change;

/// <summary>An ended instance was opened again, by a rewind.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Instance">Its id and execution.</param>
/// <param name="Turns">How many turns its history has.</param>
/// <param name="Rewind">The rewind that its next turn will carry out.</param>
internal sealed record InstanceReopened(long Key, OrchestrationInstance Instance, int Turns, InboxMessage Rewind) : Change;
