namespace BookingFunctions.Tests.Web;

/// <summary>A fact that needs a browser, and is skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (SystemBrowser.Path is null)
        {
            Skip = SystemBrowser.HowToInstall;
        }
    }
}
