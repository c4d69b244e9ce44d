using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace LocalRuntime.Engine.Tracing;

/// <summary>
/// Span ids that are made of what is in the history: an orchestration outlives the process that has begun its span, and whoever tells
/// of that span later has to know the id that its children were given.
/// </summary>
internal static class SpanIds
{
    /// <summary>The id of the span of an execution's task; of the execution's own for -1.</summary>
    public static ActivitySpanId Of(string? executionId, int taskId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{executionId}/{taskId}"), hash);
        return ActivitySpanId.CreateFromBytes(hash[..8]);
    }

    /// <summary>
    /// Gives a span its id, which .NET has no way to set. As the Durable Task Framework does it; if a later .NET names its field
    /// otherwise, the span keeps the id that it has, and is told of beside its children instead of above them.
    /// </summary>
    public static void Set(Activity span, ActivitySpanId id)
    {
        try
        {
            SpanIdOf(span) = id.ToHexString();
            IdOf(span) = null;
        }
        catch (MissingFieldException)
        {
            // Telemetry must not stop what it tells of.
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_spanId")]
    private static extern ref string? SpanIdOf(Activity span);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_id")]
    private static extern ref string? IdOf(Activity span);
}
