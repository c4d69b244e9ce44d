using System.Linq.Expressions;
using System.Text.Json;
using FluentValidation;

namespace BookingFunctions.Http.Starting;

/// <summary>The rules for <see cref="TripBody"/>.</summary>
public sealed class TripBodyValidator : AbstractValidator<TripBody>
{
    /// <summary>The longest text, in characters.</summary>
    public const int MaxCharacters = 200;

    /// <summary>The highest number of attempts.</summary>
    public const int MaxAttempts = 1000;

    /// <summary>The longest deadline, in seconds: a day.</summary>
    public const int MaxDeadlineSeconds = 86_400;

    private const string Fields = "name, car, hotel, flight, attempts, parallel and deadlineSeconds";

    /// <summary>Creates the validator.</summary>
    public TripBodyValidator()
    {
        Text("name", body => body.Name);
        Text("car", body => body.Car);
        Text("hotel", body => body.Hotel);
        Text("flight", body => body.Flight);
        WholeNumber("attempts", body => body.Attempts, MaxAttempts);
        WholeNumber("deadlineSeconds", body => body.DeadlineSeconds, MaxDeadlineSeconds);
        RuleFor(body => body.Parallel)
            .Must(value => value.ValueKind is JsonValueKind.Undefined or JsonValueKind.True or JsonValueKind.False)
            .OverridePropertyName("parallel")
            .WithMessage("'parallel' has to be true or false.");
        RuleFor(body => body.Unknown).Custom((fields, context) =>
        {
            foreach (var name in fields?.Keys ?? [])
            {
                context.AddFailure(name, $"'{name}' is not a field of a trip: there are {Fields}.");
            }
        });
    }

    /// <summary>Reads a whole number, however it is written: 3, 3.0 and 30e-1 are the same.</summary>
    /// <param name="value">The JSON.</param>
    /// <returns>The number, or null if it is none, not whole, or beyond a decimal's range.</returns>
    public static decimal? ReadWholeNumber(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && decimal.IsInteger(number) ? number : null;

    private void WholeNumber(string field, Expression<Func<TripBody, JsonElement>> value, int max) =>
        RuleFor(value)
            .Must(json => json.ValueKind == JsonValueKind.Undefined || (ReadWholeNumber(json) >= 1 && ReadWholeNumber(json) <= max))
            .OverridePropertyName(field)
            .WithMessage($"'{field}' has to be a whole number from 1 to {max}.");

    private void Text(string field, Expression<Func<TripBody, JsonElement>> value) =>
        RuleFor(value).Custom((json, context) =>
        {
            if (TextRule.Problem(json, MaxCharacters) is { } problem)
            {
                context.AddFailure(field, $"'{field}' {problem}");
            }
        });
}
