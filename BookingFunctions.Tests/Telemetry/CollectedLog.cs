namespace BookingFunctions.Tests.Telemetry;

/// <summary>A log record that was received.</summary>
internal sealed record CollectedLog(string Category, string Severity, string Message, IReadOnlyDictionary<string, string> Attributes, string TraceId)
{
    public static IEnumerable<CollectedLog> ReadAll(ProtoMessage request) =>
        from resource in request.Messages(1)
        from scope in resource.Messages(2)
        from record in scope.Messages(2)
        select new CollectedLog(scope.Message(1)!.Text(1), record.Text(3), record.Message(5)?.Text(1) ?? "", record.Attributes(6), record.Hex(9));
}
