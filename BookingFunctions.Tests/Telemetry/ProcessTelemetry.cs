namespace BookingFunctions.Tests.Telemetry;

/// <summary>
/// Tests that collect the spans and metrics of this process, which are also those of any test beside them: they run alone.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessTelemetry
{
    public const string Name = "Telemetry of this process";
}
