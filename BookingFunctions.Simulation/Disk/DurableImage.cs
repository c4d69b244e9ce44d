using BookingFunctions.Storage;
using LocalRuntime.Storage;

namespace BookingFunctions.Simulation.Disk;

/// <summary>
/// What is on the disk: it outlives every process, and only whole groups of writes get there. One group at a time is open: its
/// writes are made on a copy, and whoever reads sees none of them before they are durable.
/// </summary>
internal sealed class DurableImage
{
    private readonly Queue<Action<FileContents>> fromOutside = new();
    private FileContents durable = new();
    private FileContents? open;

    public InMemoryOrchestrationStore Orchestrations => durable.Orchestrations;

    public InMemoryReservationStore Reservations => durable.Reservations;

    public InMemoryTripDirectory Trips => durable.Trips;

    public InMemoryOutbox Outbox => durable.Outbox;

    /// <summary>Told of each turn that has become durable.</summary>
    public Action<TurnCommit>? TurnCommitted { get; set; }

    /// <summary>Told of each change of a reservation that has become durable: what it was, if it was there, and what it is.</summary>
    public Action<Reservation?, Reservation>? ReservationChanged { get; set; }

    public bool IsOpen => open is not null;

    /// <summary>What the writes of the open group have made of what is on the disk.</summary>
    public FileContents Open => open ?? throw new InvalidOperationException("No group of writes is open.");

    /// <summary>Opens a group.</summary>
    public void Begin() => open = open is null ? durable.Copy() : throw new InvalidOperationException("A group of writes is open already.");

    /// <summary>Goes back to what a group has made before, or to what is on the disk. The group stays open.</summary>
    public void GoBack(FileContents? before = null) => open = before ?? durable.Copy();

    /// <summary>The open group becomes durable.</summary>
    public void Commit()
    {
        durable = Open;
        List<Action<DurableImage>> changes = [.. durable.Changes];
        durable.ForgetChanges();
        changes.ForEach(tell => tell(this));
        End();
    }

    /// <summary>The open group is lost.</summary>
    public void RollBack() => End();

    /// <summary>Writes what no process of ours has to do with, as soon as no group is open.</summary>
    public void WriteFromOutside(Action<FileContents> write)
    {
        if (IsOpen)
        {
            fromOutside.Enqueue(write);
            return;
        }

        Begin();
        write(Open);
        Commit();
    }

    public Reservation? Find(string id) => Reservations.Find(id);

    /// <summary>Reads all instances, with their histories and inboxes.</summary>
    public IReadOnlyList<StoredInstance> ReadAll() =>
    [
        .. Now(Orchestrations.QueryAsync(new InstanceQuery { PageSize = int.MaxValue - 1 }, CancellationToken.None)).Rows
            .Select(row => Now(Orchestrations.LoadAsync(row.InstanceId, CancellationToken.None))!),
    ];

    public StoredInstance? Load(string id) => Now(Orchestrations.LoadAsync(id, CancellationToken.None));

    public InstanceRow? Read(string id) => Now(Orchestrations.ReadAsync(id, CancellationToken.None));

    public OpenWork ReadOpenWork() => Now(Orchestrations.ReadOpenWorkAsync(CancellationToken.None));

    private void End()
    {
        open = null;
        if (fromOutside.TryDequeue(out var next))
        {
            WriteFromOutside(next);
        }
    }

    // The store in memory is done when its methods return.
    private static T Now<T>(Task<T> done) => done.IsCompleted
        ? done.GetAwaiter().GetResult()
        : throw new InvalidOperationException("The store in memory has not answered at once.");
}
