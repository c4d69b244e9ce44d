namespace Microsoft.Azure.Functions.Worker.Tests;

/// <summary>A binding of Azure's that the local host doesn't have.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Method)]
public sealed class BlobInputAttribute : Attribute;
