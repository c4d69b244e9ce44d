using BookingFunctions.Tests.Azurite;
using BookingFunctions.Tests.Npm;

namespace BookingFunctions.Tests.Web;

/// <summary>The Chromium of this machine.</summary>
internal static class SystemBrowser
{
    /// <summary>What a test says that is skipped for want of it.</summary>
    public const string HowToInstall =
        "Needs Chromium or Chrome on the PATH: on Debian 'apt-get install chromium-headless-shell', "
        + "elsewhere see https://www.chromium.org.";

    // The shell draws no window around its pages, and takes half the processor's time.
    private static readonly string[] Programs =
        ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

    /// <summary>Its program; null if there is none.</summary>
    public static string? Path { get; } =
        Programs.Select(Tool.Find).FirstOrDefault(found => found is not null);
}
