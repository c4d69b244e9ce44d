namespace LocalFunctionsHost.Settings;

/// <summary>Where the host can be reached.</summary>
internal sealed class HostAddress
{
    /// <summary>
    /// The first address that the host listens on, as clients on this machine write it, without a slash at its end; before the server has
    /// started, the configured one.
    /// </summary>
    public required string Url { get; set; }
}
