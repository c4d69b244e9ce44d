namespace Microsoft.Azure.Functions.Worker.Tests;

/// <summary>A trigger of Azure's that the local host doesn't have.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class QueueTriggerAttribute : Attribute;
