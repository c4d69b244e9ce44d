using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BookingFunctions.Web;

/// <summary>Serves what the pages load.</summary>
/// <param name="panels">The panels that the host has registered, with their modules.</param>
public sealed class PageAsset(IEnumerable<OperatePanel> panels)
{
    /// <summary>The function.</summary>
    /// <param name="request">The request.</param>
    /// <param name="file">The file's name.</param>
    /// <returns>200 with the file, 304, or 404.</returns>
    [Function(nameof(PageAsset))]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "assets/{file}")] HttpRequest request, string file) =>
        SiteResults.Asset(request, panels.FirstOrDefault(panel => panel.FileName == file)?.File ?? Site.Find(file));
}
