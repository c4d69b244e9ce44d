namespace BookingFunctions.Benchmarks.Servers;

/// <summary>The folders that servers keep their data in.</summary>
internal static class Folders
{
    /// <summary>How many bytes a folder's files have.</summary>
    public static long Size(string folder) => new DirectoryInfo(folder)
        .EnumerateFiles("*", SearchOption.AllDirectories)
        .Sum(Length);

    /// <summary>Makes a folder, or an empty one of it.</summary>
    public static string Fresh(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return Directory.CreateDirectory(folder).FullName;
    }

    private static long Length(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            // Removed meanwhile.
            return 0;
        }
    }
}
