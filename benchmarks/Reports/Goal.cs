namespace BookingFunctions.Benchmarks.Reports;

/// <summary>What is to be reached, and whether it was.</summary>
/// <param name="Text">What it is about.</param>
/// <param name="Target">The bound.</param>
/// <param name="IsAtMost">Whether the bound is not to be exceeded; otherwise it is to be reached.</param>
/// <param name="Measured">What was measured.</param>
/// <param name="Unit">The unit of both.</param>
internal sealed record Goal(string Text, double Target, bool IsAtMost, double Measured, string Unit)
{
    /// <summary>Whether it was reached.</summary>
    public bool IsMet => IsAtMost ? Measured <= Target : Measured >= Target;

    /// <summary>A line of a Markdown table.</summary>
    public string ToMarkdown() =>
        $"| {Text} | {(IsAtMost ? "at most" : "at least")} {Spread.Number(Target)}{Unit} | {Spread.Number(Measured)}{Unit} | {Verdict()} |";

    private string Verdict()
    {
        var factor = IsAtMost ? Measured / Target : Target / Measured;
        return IsMet ? "met" : $"missed by a factor of {Spread.Number(factor)}";
    }
}
