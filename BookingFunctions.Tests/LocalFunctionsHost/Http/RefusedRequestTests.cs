using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace BookingFunctions.Tests.LocalFunctionsHost.Http;

/// <summary>What the server refuses by itself is explained as well.</summary>
public sealed class RefusedRequestTests
{
    [Fact]
    public async Task What_is_no_request_gets_a_problem_and_the_end_of_its_connection()
    {
        await using var host = await TestHost.StartAsync(typeof(BindingFunctions));
        (string Request, int Status, string Detail)[] cases =
        [
            ("GET /api/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, "Invalid request target."),
            ("GET /api/NoRoute HTTP/1.1\r\n\r\n", 400, "Request is missing Host header."),
            ("nonsense\r\n\r\n", 400, "Invalid request line."),
            ("GET /api/NoRoute HTTP/1.1\r\nHost: localhost\r\nX-No colon\r\n\r\n", 400, "Invalid request header."),
            ($"GET /api/{new string('x', 9_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n", 414, "Request line too long."),
            (
                $"GET /api/NoRoute HTTP/1.1\r\nHost: localhost\r\nX-Large: {new string('x', 40_000)}\r\n\r\n",
                431,
                "Request headers too long."),
            ("GET /api/NoRoute HTTP/9.9\r\nHost: localhost\r\n\r\n", 505, "Unrecognized HTTP version."),
        ];

        foreach (var (request, status, detail) in cases)
        {
            var (head, body) = await SendAsync(host, request);

            Assert.StartsWith($"HTTP/1.1 {status} ", head, StringComparison.Ordinal);
            Assert.Contains("\r\nContent-Type: application/problem+json", head, StringComparison.Ordinal);
            Assert.Contains("\r\nConnection: close", head, StringComparison.Ordinal);
            Assert.Contains($"\r\nContent-Length: {body.Length}", head, StringComparison.Ordinal);
            var problem = JsonNode.Parse(body)!;
            Assert.Equal((status, detail), (problem["status"]!.GetValue<int>(), problem["detail"]!.GetValue<string>()));
        }

        var (_, ofHead) = await SendAsync(host, "HEAD /api/NoRoute HTTP/1.1\r\n\r\n");
        Assert.Empty(ofHead);
    }

    private static async Task<(string Head, string Body)> SendAsync(TestHost host, string request)
    {
        var address = host.Http.BaseAddress!;
        using var client = new TcpClient(address.Host, address.Port);
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));

        var answer = (await reader.ReadToEndAsync()).Split("\r\n\r\n", 2);
        return (answer[0], answer[1]);
    }
}
