namespace BookingFunctions.Tests.Web;

/// <summary>A theory that needs a browser, and is skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute()
    {
        if (SystemBrowser.Path is null)
        {
            Skip = SystemBrowser.HowToInstall;
        }
    }
}
