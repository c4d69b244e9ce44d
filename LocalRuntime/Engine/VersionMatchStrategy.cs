namespace LocalRuntime.Engine;

/// <summary>Which instances an engine runs. The names are the Durable Functions extension's.</summary>
public enum VersionMatchStrategy
{
    /// <summary>All, whatever their version.</summary>
    None,

    /// <summary>Those that have the engine's default version.</summary>
    Strict,

    /// <summary>Those that have the engine's default version, an older one, or none.</summary>
    CurrentOrOlder,
}
