using System.Linq.Expressions;
using FluentValidation;
using Microsoft.Extensions.Options;

namespace BookingFunctions.Trips;

/// <summary>Refuses settings that no trip could run with, when the app starts and not in the middle of a trip.</summary>
public sealed class SagaOptionsValidator : AbstractValidator<SagaOptions>, IValidateOptions<SagaOptions>
{
    // More is a slip of the pen, and .NET's timers don't take just anything.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Creates the validator.</summary>
    public SagaOptionsValidator()
    {
        Attempts(o => o.Attempts);
        Interval(o => o.FirstRetryInterval);
        Coefficient(o => o.BackoffCoefficient);
        Interval(o => o.MaxRetryInterval);
        Attempts(o => o.UndoAttempts);
        Interval(o => o.FirstUndoRetryInterval);
        Coefficient(o => o.UndoBackoffCoefficient);
        Interval(o => o.MaxUndoRetryInterval);
    }

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SagaOptions options)
    {
        var result = Validate(options);
        return result.IsValid
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(result.Errors.Select(error => error.ErrorMessage));
    }

    private void Attempts(Expression<Func<SagaOptions, int>> setting) =>
        RuleFor(setting).InclusiveBetween(1, 1000)
            .WithMessage("Saga__{PropertyPath} is {PropertyValue}: it has to be a whole number from 1 to 1000.");

    private void Interval(Expression<Func<SagaOptions, TimeSpan>> setting) =>
        RuleFor(setting).Must(time => time >= TimeSpan.Zero && time <= Longest)
            .WithMessage("Saga__{PropertyPath} is {PropertyValue}: it has to be a time such as 00:00:01.500, from zero to a day.");

    private void Coefficient(Expression<Func<SagaOptions, double>> setting) =>
        RuleFor(setting).InclusiveBetween(1, 1000)
            .WithMessage("Saga__{PropertyPath} is {PropertyValue}: it has to be a number from 1 to 1000.");
}
