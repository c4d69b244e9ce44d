namespace BookingFunctions.Benchmarks.Scaling;

/// <summary>What something costs at a size.</summary>
/// <param name="Size">The size.</param>
/// <param name="Milliseconds">How long each took.</param>
/// <param name="CpuMilliseconds">The processor time of each.</param>
/// <param name="AllocatedBytes">What each allocated.</param>
internal sealed record ScalingPoint(int Size, double Milliseconds, double CpuMilliseconds, double AllocatedBytes);
