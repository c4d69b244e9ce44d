using System.Diagnostics;

namespace BookingFunctions.Tests.Telemetry;

/// <summary>Spans as text.</summary>
internal static class SpanTree
{
    /// <summary>The spans as a tree, a line each with its kind, and whether it failed; siblings in the order of their lines.</summary>
    /// <param name="spans">The spans; those whose parents are missing are roots.</param>
    public static string Of(IReadOnlyCollection<Activity> spans)
    {
        var ids = spans.Select(span => span.SpanId).ToHashSet();
        return string.Join('\n', Lines(spans.Where(span => !ids.Contains(span.ParentSpanId)), ""));

        IEnumerable<string> Lines(IEnumerable<Activity> siblings, string indent) => siblings
            .Select(span => (
                Line: $"{indent}{span.DisplayName} {span.Kind}{(span.Status == ActivityStatusCode.Error ? " failed" : "")}",
                span.SpanId))
            .OrderBy(span => span.Line, StringComparer.Ordinal)
            .SelectMany(span => Lines(spans.Where(child => child.ParentSpanId == span.SpanId), indent + "  ").Prepend(span.Line));
    }
}
