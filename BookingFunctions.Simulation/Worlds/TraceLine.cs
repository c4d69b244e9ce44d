using System.Runtime.CompilerServices;

namespace BookingFunctions.Simulation.Worlds;

/// <summary>A line of the trace, which is not even put together in a world that isn't traced.</summary>
[InterpolatedStringHandler]
internal ref struct TraceLine
{
    private DefaultInterpolatedStringHandler text;

    public TraceLine(int literalLength, int formattedCount, World world, out bool isTraced)
    {
        isTraced = world.Trace is not null;
        text = isTraced ? new DefaultInterpolatedStringHandler(literalLength, formattedCount) : default;
    }

    public void AppendLiteral(string literal) => text.AppendLiteral(literal);

    public void AppendFormatted<T>(T value) => text.AppendFormatted(value);

    public string ToStringAndClear() => text.ToStringAndClear();
}
