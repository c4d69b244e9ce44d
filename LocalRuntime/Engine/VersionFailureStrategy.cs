namespace LocalRuntime.Engine;

/// <summary>What becomes of instances that an engine does not run because of their version. The names are the Durable Functions extension's.</summary>
public enum VersionFailureStrategy
{
    /// <summary>They are left as they are, for an engine that runs them.</summary>
    Reject,

    /// <summary>They fail.</summary>
    Fail,
}
