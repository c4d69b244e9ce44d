using BenchmarkDotNet.Attributes;
using BookingFunctions.Saga;
using BookingFunctions.Travel;
using DurableTask.Core.History;
using LocalRuntime.Engine.History;
using Microsoft.DurableTask.Converters;

namespace BookingFunctions.Benchmarks.Micro;

/// <summary>What it takes to turn a turn's events and a trip's status into JSON and back.</summary>
[MemoryDiagnoser]
public class SerializationBenchmarks
{
    private readonly TripStatus status = new(
        TripState.Confirmed, null, [.. Enum.GetValues<Leg>().Select(leg => new LegStatus(leg, LegState.Booked, 1, "Q7M2-K9X4"))]);

    private string turn = null!;
    private List<HistoryEvent> events = null!;
    private string statusText = null!;

    /// <summary>Makes what is read.</summary>
    [GlobalSetup]
    public async Task SetUpAsync()
    {
        turn = (await StoredHistories.OfAsync(4)).History[2];
        events = HistoryJson.ReadAll(turn);
        statusText = JsonDataConverter.Default.Serialize(status)!;
    }

    /// <summary>A turn's events to JSON.</summary>
    [Benchmark]
    public string WriteTurn() => HistoryJson.WriteAll(events);

    /// <summary>A turn's events from JSON.</summary>
    [Benchmark]
    public object ReadTurn() => HistoryJson.ReadAll(turn);

    /// <summary>A trip's status to JSON, as each step does.</summary>
    [Benchmark]
    public string? WriteStatus() => JsonDataConverter.Default.Serialize(status);

    /// <summary>A trip's status from JSON.</summary>
    [Benchmark]
    public object? ReadStatus() => JsonDataConverter.Default.Deserialize(statusText, typeof(TripStatus));
}
