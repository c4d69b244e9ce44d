namespace BookingFunctions.Tests.Npm;

/// <summary>Programs on the PATH.</summary>
internal static class Tool
{
    private static readonly string[] Extensions = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];

    /// <summary>Whether npm packages can be installed and run.</summary>
    public static bool HasNpm => Find("npm") is not null && Find("node") is not null;

    /// <summary>Finds a program.</summary>
    /// <returns>Its full path, or null if it isn't there.</returns>
    public static string? Find(string name) =>
        (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
         from extension in Extensions
         let path = Path.Combine(folder, name + extension)
         where File.Exists(path)
         select path).FirstOrDefault();
}
