using Microsoft.Win32.SafeHandles;

namespace DurableTask.Sqlite.Storage;

/// <summary>
/// Makes committed groups durable: by an fsync of the -wal file, so that the next group can be made meanwhile. One group at a time is
/// on its way to the disk.
/// </summary>
/// <remarks>
/// SQLite itself flushes the -wal file only before it moves what is in there into the store's file (synchronous=NORMAL), which is all
/// that the file's consistency needs. That a commit is on the disk is what this class sees to.
/// </remarks>
internal sealed class WalFlusher : IDisposable
{
    private readonly SafeFileHandle wal;
    private readonly Thread thread;
    private readonly object gate = new();
    private volatile WriteGroup? current;
    private volatile Exception? failure;
    private bool isHandedOver;
    private bool isClosing;

    /// <summary>Makes a flusher of a store whose connection is open, so that its -wal file is there.</summary>
    /// <param name="path">The store's path.</param>
    public WalFlusher(string path)
    {
        wal = File.OpenHandle(path + "-wal", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        thread = new Thread(Loop) { IsBackground = true, Name = "SQLite flusher" };
        thread.Start();
    }

    /// <summary>Raised when a flush has ended, well or not, on the thread that has flushed.</summary>
    public event Action? Ended;

    /// <summary>Called before each flush; what it throws fails the flush.</summary>
    public Action? BeforeFlush { get; set; }

    /// <summary>The group that is committed, or being committed, and not durable. Readers see it already.</summary>
    public WriteGroup? Current => current;

    /// <summary>Why the flush of <see cref="Current"/> failed, or null.</summary>
    public Exception? Failure => failure;

    /// <summary>Announces a group, before its commit.</summary>
    public void Expect(WriteGroup group) => current = group;

    /// <summary>Forgets the announced group: its commit has failed, or its flush.</summary>
    public void Forget()
    {
        failure = null;
        current = null;
    }

    /// <summary>Flushes the announced group on a thread of the flusher's own.</summary>
    public void Begin()
    {
        lock (gate)
        {
            isHandedOver = true;
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Flushes the announced group on the calling thread, and completes its writes.</summary>
    public void Flush()
    {
        var group = current!;
        try
        {
            Sync();
        }
        catch (Exception exception)
        {
            failure = exception;
            Ended?.Invoke();
            return;
        }

        // From here on, another group may be announced and flushed, on another thread.
        current = null;
        group.Complete();
        Ended?.Invoke();
    }

    /// <summary>Waits until everything that is committed is on the disk.</summary>
    public void Sync()
    {
        BeforeFlush?.Invoke();
        RandomAccess.FlushToDisk(wal);
    }

    /// <summary>Waits until nothing is on its way, and closes the -wal file.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isClosing = true;
            Monitor.Pulse(gate);
        }

        thread.Join();
        wal.Dispose();
    }

    private void Loop()
    {
        while (true)
        {
            lock (gate)
            {
                while (!isHandedOver && !isClosing)
                {
                    Monitor.Wait(gate);
                }

                if (!isHandedOver)
                {
                    return;
                }

                isHandedOver = false;
            }

            Flush();
        }
    }
}
