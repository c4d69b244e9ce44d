using System.Diagnostics;
using System.Globalization;

namespace LocalFunctionsHost.Pipeline;

/// <summary>
/// Reads the trace of a request as W3C says, where .NET reads version 00 only: a later version as 00, if it begins as that does. A
/// <c>tracestate</c> counts only beside a <c>traceparent</c> that can be read.
/// </summary>
internal sealed class TraceContextReader : DistributedContextPropagator
{
    private const string Parent = "traceparent";
    private const string State = "tracestate";
    private const int Length00 = 55;

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Fields => Current.Fields;

    /// <inheritdoc/>
    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) =>
        Current.Inject(activity, carrier, setter);

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) =>
        Current.ExtractBaggage(carrier, getter);

    /// <inheritdoc/>
    public override void ExtractTraceIdAndState(
        object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState)
    {
        (traceId, traceState) = (null, null);
        if (getter is null)
        {
            return;
        }

        getter(carrier, Parent, out var parent, out _);
        traceId = Read(parent);
        if (traceId is not null)
        {
            getter(carrier, State, out var state, out var states);
            traceState = state ?? (states is null ? null : string.Join(',', states));
        }
    }

    private static string? Read(string? header)
    {
        if (header is not { Length: >= Length00 }
            || !byte.TryParse(header.AsSpan(0, 2), NumberStyles.AllowHexSpecifier, null, out var version))
        {
            return null;
        }

        var canBeRead = version switch
        {
            0 => header.Length == Length00,
            0xff => false,
            _ => header.Length == Length00 || header[Length00] == '-',
        };
        var as00 = version == 0 ? header : $"00{header[2..Length00]}";
        return canBeRead && !header.AsSpan(0, 2).ContainsAnyInRange('A', 'F') && ActivityContext.TryParse(as00, null, out _) ? as00 : null;
    }
}
