namespace BookingFunctions.Tests.Azurite;

/// <summary>A fact that needs Azurite, and is skipped where there is no npm to install it with.</summary>
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
