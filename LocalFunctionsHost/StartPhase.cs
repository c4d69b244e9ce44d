namespace LocalFunctionsHost;

/// <summary>Whether the host is still starting.</summary>
internal sealed class StartPhase
{
    /// <summary>Whether it has started.</summary>
    public bool IsOver { get; set; }
}
