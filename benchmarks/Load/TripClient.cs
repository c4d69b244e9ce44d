using System.Buffers.Text;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace BookingFunctions.Benchmarks.Load;

/// <summary>
/// One client: posts a trip, waits for its answer, and posts the next one. It speaks just enough HTTP for that, because
/// what it costs is taken from what it measures.
/// </summary>
internal sealed class TripClient(Uri url, ReadOnlyMemory<byte>[] requests, int first, byte[] expected, LoadMeter meter)
{
    private static readonly byte[] Ok = "HTTP/1.1 200 "u8.ToArray();
    private static readonly byte[] Length = "\r\nContent-Length: "u8.ToArray();
    private static readonly byte[] LowerLength = "\r\ncontent-length: "u8.ToArray();

    private readonly byte[] buffer = new byte[16 * 1024];

    /// <summary>Posts trips until the meter says that it is over.</summary>
    public async Task RunAsync()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(url.Host, url.Port);
        for (var number = first; !meter.IsOver; number++)
        {
            var begin = Stopwatch.GetTimestamp();
            await socket.SendAsync(requests[number % requests.Length]);
            var length = await ReceiveAsync(socket);
            meter.Count(Stopwatch.GetTimestamp() - begin, Problem(length));
        }
    }

    private async ValueTask<int> ReceiveAsync(Socket socket)
    {
        var length = 0;
        do
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (received == 0)
            {
                throw new IOException(
                    $"The server has closed the connection after {length} bytes of an answer, or the answer is too long.");
            }

            length += received;
        }
        while (!IsComplete(buffer.AsSpan(0, length)));
        return length;
    }

    // Either the answer says how long it is, or it comes in chunks, of which the last is empty.
    private static bool IsComplete(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return false;
        }

        var at = answer[..head].IndexOf(Length);
        at = at < 0 ? answer[..head].IndexOf(LowerLength) : at;
        return at < 0
            ? answer.EndsWith("\r\n0\r\n\r\n"u8)
            : Utf8Parser.TryParse(answer[(at + Length.Length)..], out int body, out _) && answer.Length >= head + 4 + body;
    }

    private string? Problem(int length)
    {
        var answer = buffer.AsSpan(0, length);
        return answer.StartsWith(Ok) && answer.IndexOf(expected) >= 0 ? null : Encoding.UTF8.GetString(answer);
    }
}
