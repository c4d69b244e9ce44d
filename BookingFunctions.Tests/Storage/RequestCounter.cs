using Azure.Core;
using Azure.Core.Pipeline;

namespace BookingFunctions.Tests.Storage;

/// <summary>Counts the requests that a client of Azure makes, repeated ones too.</summary>
internal sealed class RequestCounter : HttpPipelineSynchronousPolicy
{
    private int count;

    public int Count => count;

    public override void OnSendingRequest(HttpMessage message) => Interlocked.Increment(ref count);
}
