namespace BookingFunctions.Tests.Infra;

/// <summary>A test that needs the Bicep compiler.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BicepFactAttribute : FactAttribute
{
    public BicepFactAttribute()
    {
        if (!BicepCompiler.RunsHere)
        {
            Skip = "The Bicep compiler of the NuGet package runs on Linux x64 only.";
        }
    }
}
