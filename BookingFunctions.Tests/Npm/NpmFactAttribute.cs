namespace BookingFunctions.Tests.Npm;

/// <summary>A fact that needs npm packages, and is skipped where there is no npm to install them with.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NpmFactAttribute : FactAttribute
{
    public NpmFactAttribute()
    {
        if (!Tool.HasNpm)
        {
            Skip = NpmTheoryAttribute.Reason;
        }
    }
}
