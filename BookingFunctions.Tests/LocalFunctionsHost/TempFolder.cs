namespace BookingFunctions.Tests.LocalFunctionsHost;

/// <summary>A folder that goes away with the test.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("host-");

    public string File(string name) => Path.Combine(folder.FullName, name);

    /// <returns>The file's path.</returns>
    public string Write(string name, string text)
    {
        var path = File(name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
