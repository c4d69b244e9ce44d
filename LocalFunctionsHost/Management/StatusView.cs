namespace LocalFunctionsHost.Management;

/// <summary>How a caller wants an instance's status.</summary>
/// <param name="ShowInput">With its input.</param>
/// <param name="ShowHistory">With its history.</param>
/// <param name="ShowHistoryOutput">With the results in its history.</param>
/// <param name="FailureIsServerError">Whether a failed instance is answered 500.</param>
internal sealed record StatusView(bool ShowInput, bool ShowHistory, bool ShowHistoryOutput, bool FailureIsServerError)
{
    /// <summary>The parameters that say it.</summary>
    public static string[] Parameters { get; } = ["showInput", "showHistory", "showHistoryOutput", "returnInternalServerErrorOnFailure"];

    /// <summary>Reads them.</summary>
    public static StatusView Read(ManagementQuery query) => new(
        query.Flag(Parameters[0]) ?? true,
        query.Flag(Parameters[1]) ?? false,
        query.Flag(Parameters[2]) ?? false,
        query.Flag(Parameters[3]) ?? false);
}
