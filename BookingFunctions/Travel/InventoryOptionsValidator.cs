using BookingFunctions.Trips;
using Microsoft.Extensions.Options;

namespace BookingFunctions.Travel;

/// <summary>Refuses an inventory that can't be, when the app starts.</summary>
public sealed class InventoryOptionsValidator : IValidateOptions<InventoryOptions>
{
    private const int Most = 1_000_000_000;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, InventoryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var errors = Enum.GetValues<Leg>()
            .Where(leg => options.Of(leg) is < 0 or > Most)
            .Select(leg => $"Inventory__{leg} is {options.Of(leg)}: it has to be a whole number from 0 to {Most}.")
            .ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
