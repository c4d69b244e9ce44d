using System.Reflection;
using System.Security.Cryptography;

namespace BookingFunctions.Web;

/// <summary>
/// The files that a browser gets: pages, style sheets, modules. They are in the assembly, and never change while it runs.
/// </summary>
public static class Site
{
    /// <summary>What the names of their resources begin with.</summary>
    public const string ResourcePrefix = "site/";

    /// <summary>Which media type a file has, by the end of its name.</summary>
    private static readonly Dictionary<string, string> MediaTypes = new()
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    private static readonly Dictionary<string, SiteFile> Files = Read();

    /// <summary>Finds a file.</summary>
    /// <param name="name">Its name, in its letter case.</param>
    /// <returns>The file, or null if there is none.</returns>
    public static SiteFile? Find(string name) => Files.GetValueOrDefault(name);

    private static Dictionary<string, SiteFile> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .ToDictionary(name => name[ResourcePrefix.Length..], name => Read(assembly, name));
    }

    /// <summary>Reads a file that is a resource of an assembly.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="name">The resource's name.</param>
    internal static SiteFile Read(Assembly assembly, string name)
    {
        using var resource = assembly.GetManifestResourceStream(name)!;
        using var content = new MemoryStream();
        resource.CopyTo(content);
        var bytes = content.ToArray();
        return new SiteFile(bytes, MediaTypes[Path.GetExtension(name)], Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]);
    }
}
