namespace BookingFunctions.Tests.Telemetry;

/// <summary>A point of a metric that was received: a number, or how often something was measured.</summary>
internal sealed record CollectedPoint(string Metric, string Unit, IReadOnlyDictionary<string, string> Attributes, double Value)
{
    /// <summary>The metric with its attributes, in a line.</summary>
    public string Series => $"{Metric}{{{string.Join(", ", Attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"))}}}";

    public static IEnumerable<CollectedPoint> ReadAll(ProtoMessage request) =>
        from resource in request.Messages(1)
        from scope in resource.Messages(2)
        from metric in scope.Messages(2)
        from point in ReadPoints(metric)
        select point;

    private static IEnumerable<CollectedPoint> ReadPoints(ProtoMessage metric)
    {
        var (name, unit) = (metric.Text(1), metric.Text(3));
        var numbers = (metric.Message(5) ?? metric.Message(7))?.Messages(1) ?? [];
        var histogram = metric.Message(9)?.Messages(1) ?? [];
        return
        [
            .. numbers.Select(point => new CollectedPoint(name, unit, point.Attributes(7), point.Number(6) is { } whole ? (long)whole : point.Double(4) ?? 0)),
            .. histogram.Select(point => new CollectedPoint(name, unit, point.Attributes(9), point.Number(4) ?? 0)),
        ];
    }
}
