using System.Runtime.InteropServices;

namespace BookingFunctions.Tests.Storage;

/// <summary>What a process asks of its operating system to be worse off. The numbers are those of Linux and macOS.</summary>
internal static class Posix
{
    private const int FileSize = 1;
    private const int FileSizeSignal = 25;
    private const nint Ignore = 1;
    private const uint NobodyUser = 65534;

    /// <summary>Lets this process write no file beyond a size, as on a disk that is full; null takes that back.</summary>
    public static void LimitFileSize(long? bytes)
    {
        // Without a handler, the signal would end the process before the write fails.
        _ = signal(FileSizeSignal, Ignore);
        Check(getrlimit(FileSize, out var limit));
        limit.Soft = bytes is { } size ? (nuint)size : limit.Hard;
        Check(setrlimit(FileSize, in limit));
    }

    /// <summary>Takes root's rights from this process, if it has them.</summary>
    public static void DropRights()
    {
        if (geteuid() == 0)
        {
            Check(setuid(NobodyUser));
        }
    }

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new InvalidOperationException(Marshal.GetLastPInvokeErrorMessage());
        }
    }

    [DllImport("libc")]
    private static extern nint signal(int number, nint handler);

    [DllImport("libc", SetLastError = true)]
    private static extern int getrlimit(int resource, out Limit limit);

    [DllImport("libc", SetLastError = true)]
    private static extern int setrlimit(int resource, in Limit limit);

    [DllImport("libc")]
    private static extern uint geteuid();

    [DllImport("libc", SetLastError = true)]
    private static extern int setuid(uint user);

    private struct Limit
    {
        public nuint Soft;
        public nuint Hard;
    }
}
