using BookingFunctions.Trips;
using Microsoft.Extensions.Options;

namespace BookingFunctions.Travel.Suppliers;

/// <summary>Refuses addresses and keys that no call could be made with, when the app starts.</summary>
public sealed class ProviderOptionsValidator : IValidateOptions<ProviderOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ProviderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var errors = Enum.GetValues<Leg>().SelectMany(leg => Errors(leg, options.Of(leg))).ToList();
        if (options.Timeout <= TimeSpan.Zero || options.Timeout > TimeSpan.FromDays(1))
        {
            errors.Add($"Providers__Timeout is {options.Timeout}: it has to be a time such as 00:00:05, above zero and at most a day.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Errors(Leg leg, ProviderEndpoint endpoint)
    {
        if (endpoint.IsRemote && endpoint.Address() is null)
        {
            yield return $"Providers__{leg}__BaseAddress is no address: it has to be an http or https URI such as "
                + "https://supplier.example/v1/, without a query, a fragment or a user. Leave it empty for the built-in provider.";
        }

        // Not shown: it is a secret, even if it is a wrong one.
        if (endpoint.Key is { Length: > 0 } key && !key.All(c => c is > ' ' and <= '~'))
        {
            yield return $"Providers__{leg}__Key has characters that no header takes: it has to be printable ASCII without blanks.";
        }

        if (!endpoint.IsRemote && !string.IsNullOrEmpty(endpoint.Key))
        {
            yield return $"Providers__{leg}__Key is set, but Providers__{leg}__BaseAddress is not: set both, or neither.";
        }
    }
}
