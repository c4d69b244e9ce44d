namespace BookingFunctions.Web;

/// <summary>A part of the operators' page that only some hosts have. They register it.</summary>
/// <param name="Module">
/// The path of its module, such as <c>/assets/what-if.js</c>. That exports <c>show</c>, which gets an empty section of the page.
/// </param>
public sealed record OperatePanel(string Module);
