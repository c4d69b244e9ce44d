namespace BookingFunctions.Tests.Telemetry;

/// <summary>A span that was received.</summary>
internal sealed record CollectedSpan(
    string TraceId, string Id, string ParentId, string Name, string Kind, bool IsFailed, string StatusText, string Source, IReadOnlyDictionary<string, string> Attributes)
{
    private static readonly string[] Kinds = ["", "Internal", "Server", "Client", "Producer", "Consumer"];

    public static IEnumerable<CollectedSpan> ReadAll(ProtoMessage request) =>
        from resource in request.Messages(1)
        from scope in resource.Messages(2)
        from span in scope.Messages(2)
        select new CollectedSpan(
            span.Hex(1),
            span.Hex(2),
            span.Hex(4),
            span.Text(5),
            Kinds[span.Number(6) ?? 0],
            span.Message(15)?.Number(3) == 2,
            span.Message(15)?.Text(2) ?? "",
            scope.Message(1)!.Text(1),
            span.Attributes(9));
}
