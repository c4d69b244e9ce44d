using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net.Sockets;
using System.Text.Json;

namespace BookingFunctions.Benchmarks.Servers;

/// <summary>
/// What runs within a measured .NET process, which is otherwise as its users start it: it answers on a socket what only the process itself
/// can count. It costs nothing while there is no connection.
/// </summary>
internal static class Probe
{
    /// <summary>The environment variable that names the socket.</summary>
    public const string PathVariable = "BENCHMARK_PROBE";

    private const string Meters = "DurableTask.Sqlite";

    private static readonly ConcurrentDictionary<string, long> Counters = new();
    private static readonly MeterListener Listener = new();

    /// <summary>Answers on a socket until the process ends.</summary>
    public static void Serve(string path)
    {
        Listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith(Meters, StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        Listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
            Counters.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        Listener.Start();

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        new Thread(() => Answer(socket)) { IsBackground = true, Name = "Benchmark probe" }.Start();
    }

    /// <summary>Asks a process that serves.</summary>
    public static ProbeReading Ask(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        using var stream = new NetworkStream(socket);
        return JsonSerializer.Deserialize<ProbeReading>(stream)!;
    }

    private static void Answer(Socket socket)
    {
        while (true)
        {
            using var connection = socket.Accept();
            connection.Send(JsonSerializer.SerializeToUtf8Bytes(new ProbeReading(
                GC.GetTotalAllocatedBytes(), GC.GetTotalPauseDuration().TotalSeconds, GC.GetTotalMemory(false), new(Counters))));
        }
    }
}
