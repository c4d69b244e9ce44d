namespace BookingFunctions.Tests.Azurite;

/// <summary>A theory that needs Azurite, and is skipped where there is no npm to install it with.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NpmTheoryAttribute : TheoryAttribute
{
    internal const string Reason =
        "Needs Azurite, an npm package: install Node.js 20 or newer with npm (https://nodejs.org), so that both are on the PATH.";

    public NpmTheoryAttribute()
    {
        if (!Tool.HasNpm)
        {
            Skip = Reason;
        }
    }
}
