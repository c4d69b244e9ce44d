using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace BookingFunctions.Tests.LocalFunctionsHost.Http;

/// <summary>Functions that return in the ways there are.</summary>
public static class ResultFunctions
{
    [Function("Result")]
    public static IResult Result([HttpTrigger("get", Route = "result")] HttpRequest request) =>
        Results.Accepted("/there", new Parcel("Alice", 1));

    [Function("ActionResult")]
    public static async Task<IActionResult> ActionResultAsync([HttpTrigger("get", Route = "action")] HttpRequest request)
    {
        await Task.Yield();
        return new CreatedResult("/there", new Parcel("Alice", 1));
    }

    [Function("Object")]
    public static ValueTask<Parcel> PlainObject([HttpTrigger("get", Route = "object")] HttpRequest request) =>
        ValueTask.FromResult(new Parcel("Alice", 1));

    [Function("Nothing")]
    public static async Task NothingAsync([HttpTrigger("get", Route = "nothing")] HttpRequest request)
    {
        request.HttpContext.Response.StatusCode = StatusCodes.Status418ImATeapot;
        await request.HttpContext.Response.WriteAsync("short and stout");
    }

    [Function("Property")]
    public static ParcelAnswer Property([HttpTrigger("get", Route = "property")] HttpRequest request) =>
        new() { Answer = Results.Text("inside") };

    [Function("Missing")]
    public static IResult Missing([HttpTrigger("get", Route = "missing")] HttpRequest request) => Results.NotFound();

    [Function("Fails")]
    public static string Fails([HttpTrigger("get", Route = "fails")] HttpRequest request) => throw new InvalidOperationException("secret");

    [Function("FailsLate")]
    public static async Task FailsLateAsync([HttpTrigger("get", Route = "late")] HttpRequest request)
    {
        await request.HttpContext.Response.WriteAsync("half");
        await request.HttpContext.Response.Body.FlushAsync();
        throw new InvalidOperationException("secret");
    }

    [Function("Page")]
    public static IResult Page([HttpTrigger("get", Route = "{ignored:maxlength(0)?}")] HttpRequest request) => Results.Text("home");
}
