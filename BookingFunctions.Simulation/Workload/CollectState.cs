namespace BookingFunctions.Simulation.Workload;

/// <summary>The input of <see cref="Collect"/>.</summary>
/// <param name="Items">What was collected.</param>
/// <param name="PerGeneration">After how many items it continues as new; 0 for never.</param>
/// <param name="Generation">How often it has continued as new.</param>
public sealed record CollectState(IReadOnlyList<string> Items, int PerGeneration, int Generation = 0);
