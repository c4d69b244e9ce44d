namespace BookingFunctions.Simulation.Scheduling;

/// <summary>Random numbers that are the same for a seed on every machine and runtime (SplitMix64).</summary>
internal sealed class Draw(ulong seed)
{
    private ulong state = seed;

    /// <summary>Any number.</summary>
    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 to below a limit.</summary>
    public int Below(int limit) => (int)(((UInt128)Next() * (ulong)limit) >> 64);

    /// <summary>A number between two, both included.</summary>
    public int Between(int first, int last) => first + Below(last - first + 1);

    /// <summary>True so many times in a thousand.</summary>
    public bool Chance(int perMille) => perMille > 0 && Below(1000) < perMille;

    /// <summary>One of some things, each as likely.</summary>
    public T OneOf<T>(params ReadOnlySpan<T> things) => things[Below(things.Length)];

    /// <summary>A time up to a longest one, short ones being the likelier.</summary>
    public TimeSpan UpTo(TimeSpan longest)
    {
        var share = Below(1 << 20) / (double)(1 << 20);
        return longest * (share * share * share);
    }

    /// <summary>An id.</summary>
    public Guid NewGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Next());
        BitConverter.TryWriteBytes(bytes[8..], Next());
        return new Guid(bytes);
    }
}
