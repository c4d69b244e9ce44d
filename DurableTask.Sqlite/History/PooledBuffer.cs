using System.Buffers;

namespace DurableTask.Sqlite.History;

/// <summary>A growing buffer whose memory is rented: JSON writers ask for several times what they write.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int FirstSize = 4096;

    private byte[] memory = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int length;

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => memory.AsSpan(0, length);

    /// <inheritdoc/>
    public void Advance(int count) => length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return memory.AsMemory(length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return memory.AsSpan(length);
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => ArrayPool<byte>.Shared.Return(memory);

    private void Ensure(int size)
    {
        if (memory.Length - length >= Math.Max(size, 1))
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * memory.Length, length + size));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(memory);
        memory = larger;
    }
}
