namespace BookingFunctions.Tests.Npm;

/// <summary>A theory that needs npm packages, and is skipped where there is no npm to install them with.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NpmTheoryAttribute : TheoryAttribute
{
    internal const string Reason =
        "Needs npm packages: install Node.js 20 or newer with npm (https://nodejs.org), so that both are on the PATH.";

    public NpmTheoryAttribute()
    {
        if (!Tool.HasNpm)
        {
            Skip = Reason;
        }
    }
}
