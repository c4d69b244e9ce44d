namespace BookingFunctions.Simulation.Disk;

/// <summary>A fault of the disk that the seed has drawn.</summary>
/// <param name="message">What failed.</param>
internal sealed class SimulatedDiskException(string message) : IOException(message)
{
    /// <summary>Whether an error is such a fault, or comes of one.</summary>
    public static bool IsIn(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            if (error is SimulatedDiskException)
            {
                return true;
            }
        }

        return false;
    }
}
