using BookingFunctions.Tests.Azurite;
using BookingFunctions.Tests.Npm;

namespace BookingFunctions.Tests.Web;

/// <summary>The Chromium of this machine.</summary>
internal static class SystemBrowser
{
    /// <summary>What a test says that is skipped for want of it.</summary>
    public const string HowToInstall =
        "Needs Chromium or Chrome on the PATH: on Debian 'apt-get install chromium', elsewhere see https://www.chromium.org.";

    /// <summary>Its program; null if there is none.</summary>
    public static string? Path { get; } =
        new[] { "chromium", "chromium-browser", "google-chrome-stable", "google-chrome" }.Select(Tool.Find).FirstOrDefault(found => found is not null);
}
