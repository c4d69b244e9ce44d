namespace BookingFunctions.Tests.EndToEnd;

/// <summary>Bytes whose length nobody can know beforehand, so that a request body of them is sent in chunks.</summary>
internal sealed class UnseekableStream(byte[] bytes) : MemoryStream(bytes)
{
    /// <inheritdoc/>
    public override bool CanSeek => false;
}
