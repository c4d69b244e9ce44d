namespace BookingFunctions.Simulation.Worlds;

/// <summary>An event that was sent to an instance which collects them.</summary>
/// <param name="Sender">Its sender, which sends one after the other.</param>
/// <param name="Item">What was sent.</param>
/// <param name="Answer">The sender's answer; null while there is none.</param>
internal sealed record SentItem(string Sender, string Item, Answer? Answer);
