using BookingFunctions.Http.Starting;
using FluentValidation;

namespace BookingFunctions.Http.Deciding;

/// <summary>The rules for <see cref="CancelBody"/>.</summary>
public sealed class CancelBodyValidator : AbstractValidator<CancelBody>
{
    /// <summary>Creates the validator.</summary>
    public CancelBodyValidator()
    {
        RuleFor(body => body.Reason).Custom((json, context) =>
        {
            if (TextRule.Problem(json, TripBodyValidator.MaxCharacters) is { } problem)
            {
                context.AddFailure("reason", $"'reason' {problem}");
            }
        });
        RuleFor(body => body.Unknown).Custom((fields, context) =>
        {
            foreach (var name in fields?.Keys ?? [])
            {
                context.AddFailure(name, $"'{name}' is not a field of a cancellation: there is reason.");
            }
        });
    }
}
