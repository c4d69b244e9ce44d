namespace BookingFunctions.Benchmarks.Scaling;

/// <summary>How a cost changes with a size.</summary>
/// <param name="Name">What the cost is, and of what.</param>
/// <param name="Size">What grows.</param>
/// <param name="Points">The cost of each, by size. Where it stays level, the total grows in proportion to the size.</param>
internal sealed record ScalingCurve(string Name, string Size, List<ScalingPoint> Points)
{
    /// <summary>How much the processor time of each has grown from the least, at the size where that is most.</summary>
    public double Growth => Points[^1].CpuMilliseconds / Points.Min(point => point.CpuMilliseconds);
}
