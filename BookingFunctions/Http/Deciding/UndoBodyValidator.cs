using System.Text.Json;
using BookingFunctions.Http.Starting;
using FluentValidation;

namespace BookingFunctions.Http.Deciding;

/// <summary>The rules for <see cref="UndoBody"/>.</summary>
public sealed class UndoBodyValidator : AbstractValidator<UndoBody>
{
    /// <summary>Creates the validator.</summary>
    public UndoBodyValidator()
    {
        RuleFor(body => body).Custom((body, context) =>
        {
            if (body.ReadAction() is null)
            {
                context.AddFailure("action", "'action' has to be 'retry' or 'skip'.");
            }

            if (body.Note.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null)
                && TextRule.Problem(body.Note, TripBodyValidator.MaxCharacters) is { } problem)
            {
                context.AddFailure("note", $"'note' {problem}");
            }

            foreach (var name in body.Unknown?.Keys ?? [])
            {
                context.AddFailure(name, $"'{name}' is not a field of a decision: there are action and note.");
            }
        });
    }
}
