using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;

namespace Supplier;

/// <summary>A call for a reservation, with or without a misbehaviour.</summary>
/// <param name="http">The call.</param>
/// <param name="id">The reservation's id.</param>
/// <param name="work">What is to be done, and how it is answered.</param>
public sealed class Call(HttpContext http, string id, Func<IResult> work)
{
    private const int HugeBytes = 1_000_000;

    /// <summary>Does the work and answers, or misbehaves.</summary>
    /// <param name="bad">How to misbehave; null to behave.</param>
    public async Task AnswerAsync(Misbehaviour? bad)
    {
        // The caller may hang up: a supplier completes what it has begun.
        var answer = bad is null || bad.AfterWork ? work() : Results.StatusCode(StatusCodes.Status500InternalServerError);
        switch (bad?.Kind)
        {
            case Kind.Slow:
                await Task.Delay(bad.Milliseconds);
                await (bad.AfterWork ? answer : work()).ExecuteAsync(http);
                break;
            case Kind.Status:
                if (bad.RetryAfter is { } wait)
                {
                    http.Response.Headers.RetryAfter = wait;
                }

                await Results.Problem("As you wish.", statusCode: bad.Status).ExecuteAsync(http);
                break;
            case Kind.Drop:
                http.Abort();
                break;
            case Kind.Twice:
                await AnswerTwiceAsync(answer);
                break;
            case Kind.Garbage:
                await Results.Text("{\"confirmation\": \"G-1", "application/json").ExecuteAsync(http);
                break;
            case Kind.Other:
                await Results.Json(new Confirmation("someone-else", "X-1")).ExecuteAsync(http);
                break;
            case Kind.Page:
                await Results.Text($"<html>{id} is booked: W-1</html>", "text/html").ExecuteAsync(http);
                break;
            case Kind.Huge:
                await Results.Text($"{{\"confirmation\": \"{new string('9', HugeBytes)}\"}}", "application/json").ExecuteAsync(http);
                break;
            default:
                await answer.ExecuteAsync(http);
                break;
        }
    }

    // Past the web server, which knows that one call has one answer: to the connection itself.
    private async Task AnswerTwiceAsync(IResult answer)
    {
        await answer.ExecuteAsync(http);
        await http.Response.CompleteAsync();
        var body = $"{{\"reservationId\":\"{id}\",\"confirmation\":\"T-1\"}}";
        var output = http.Features.Get<IConnectionTransportFeature>()!.Transport.Output;
        output.Write(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
        await output.FlushAsync();
    }
}
