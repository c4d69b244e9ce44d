using System.Linq.Expressions;
using System.Text.Json;
using FluentValidation;

namespace BookingFunctions.Http;

/// <summary>The rules for <see cref="TripBody"/>.</summary>
public sealed class TripBodyValidator : AbstractValidator<TripBody>
{
    /// <summary>The longest text, in characters.</summary>
    public const int MaxCharacters = 200;

    /// <summary>The highest number of attempts.</summary>
    public const int MaxAttempts = 1000;

    /// <summary>Creates the validator.</summary>
    public TripBodyValidator()
    {
        Text("name", body => body.Name);
        Text("car", body => body.Car);
        Text("hotel", body => body.Hotel);
        Text("flight", body => body.Flight);
        RuleFor(body => body.Attempts)
            .Must(value => ReadWholeNumber(value) is >= 1 and <= MaxAttempts)
            .When(body => body.Attempts.ValueKind != JsonValueKind.Undefined)
            .OverridePropertyName("attempts")
            .WithMessage($"'attempts' has to be a whole number from 1 to {MaxAttempts}.");
        RuleFor(body => body.Unknown).Custom((fields, context) =>
        {
            foreach (var name in fields?.Keys ?? [])
            {
                context.AddFailure(name, $"'{name}' is not a field of a trip: there are name, car, hotel, flight and attempts.");
            }
        });
    }

    /// <summary>Reads a whole number, however it is written: 3, 3.0 and 30e-1 are the same.</summary>
    /// <param name="value">The JSON.</param>
    /// <returns>The number, or null if it is none, not whole, or beyond a decimal's range.</returns>
    public static decimal? ReadWholeNumber(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && decimal.IsInteger(number) ? number : null;

    private void Text(string field, Expression<Func<TripBody, JsonElement>> value) =>
        RuleFor(value).Custom((json, context) =>
        {
            if (TextProblem(json) is { } problem)
            {
                context.AddFailure(field, $"'{field}' {problem}");
            }
        });

    private static string? TextProblem(JsonElement json)
    {
        var rule = $"has to be text of 1 to {MaxCharacters} characters, not only white space";
        if (json.ValueKind != JsonValueKind.String)
        {
            return $"{rule}: it is {Describe(json.ValueKind)}.";
        }

        string text;
        try
        {
            text = json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return $"{rule}: it has half a surrogate pair, which is no character.";
        }

        var characters = text.EnumerateRunes().Count();
        if (characters > MaxCharacters)
        {
            return $"{rule}: it has {characters}.";
        }

        return string.IsNullOrWhiteSpace(text) ? $"{rule}: it is blank." : null;
    }

    private static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Undefined => "missing",
        JsonValueKind.Null => "null",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a truth value",
        JsonValueKind.Array => "an array",
        _ => "an object",
    };
}
