using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BookingFunctions.Web;

/// <summary>Lists the panels that this host adds to the operators' page.</summary>
/// <param name="panels">What the host has registered.</param>
public sealed class GetOperatePanels(IEnumerable<OperatePanel> panels)
{
    /// <summary>The function.</summary>
    /// <param name="request">The request.</param>
    /// <returns>200 with the paths of the panels' modules; mostly none.</returns>
    [Function(nameof(GetOperatePanels))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operate/panels")] HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Results.Json(panels.Select(panel => $"/assets/{panel.FileName}"));
    }
}
