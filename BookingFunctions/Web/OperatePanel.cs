using System.Reflection;

namespace BookingFunctions.Web;

/// <summary>A part of the operators' page that only some hosts have. They register it.</summary>
/// <param name="FileName">
/// The name of its module, such as <c>what-if.js</c>. That exports <c>show</c>, which gets an empty section of the page.
/// </param>
/// <param name="File">The module.</param>
public sealed record OperatePanel(string FileName, SiteFile File)
{
    /// <summary>Reads a panel that is a resource of the host's assembly.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="fileName">The module's name; the resource's begins with <see cref="Site.ResourcePrefix"/>.</param>
    public static OperatePanel Read(Assembly assembly, string fileName) =>
        new(fileName, Site.Read(assembly, Site.ResourcePrefix + fileName));
}
