namespace BookingFunctions.Simulation.Functions;

/// <summary>The input of <see cref="Collect"/>.</summary>
/// <param name="Items">What was collected.</param>
/// <param name="PerGeneration">After how many events it continues as new; 0 for never.</param>
/// <param name="Generation">How often it has continued as new.</param>
/// <param name="Required">The items that it must get before it ends; null if it was not asked to end.</param>
public sealed record CollectState(
    IReadOnlyList<string> Items, int PerGeneration, int Generation = 0, IReadOnlyList<string>? Required = null);
