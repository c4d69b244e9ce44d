using System.Text.Json;
using FluentValidation;

namespace BookingFunctions.Local.WhatIf;

/// <summary>The rules for <see cref="SupplierBody"/>.</summary>
public sealed class SupplierBodyValidator : AbstractValidator<SupplierBody>
{
    /// <summary>Creates the validator.</summary>
    public SupplierBodyValidator()
    {
        RuleFor(body => body).Custom((body, context) =>
        {
            var condition = body.ReadCondition();
            if (condition is null)
            {
                context.AddFailure("condition", $"'condition' has to be one of {string.Join(", ", SupplierBody.ConditionNames)}.");
            }
            else if (condition == SupplierCondition.Slow && body.ReadSeconds() is null)
            {
                context.AddFailure(
                    "seconds", $"'seconds' has to be a whole number from 1 to {Supplier.MaxSeconds}: how much longer each call takes.");
            }
            else if (condition != SupplierCondition.Slow && body.Seconds.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
            {
                context.AddFailure("seconds", "'seconds' goes with the condition 'slow' only.");
            }

            foreach (var name in body.Unknown?.Keys ?? [])
            {
                context.AddFailure(name, $"'{name}' is not a field of a supplier: there are condition and seconds.");
            }
        });
    }
}
