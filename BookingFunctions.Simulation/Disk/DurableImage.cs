using BookingFunctions.Storage;
using LocalRuntime.Storage;

namespace BookingFunctions.Simulation.Disk;

/// <summary>What is on the disk: it outlives every process, and only whole groups of writes get there.</summary>
internal sealed class DurableImage
{
    public DurableImage() =>
        Reservations = new InMemoryReservationStore((before, after) => ReservationChanged?.Invoke(before, after));

    public InMemoryOrchestrationStore Orchestrations { get; } = new();

    public InMemoryReservationStore Reservations { get; }

    public InMemoryTripDirectory Trips { get; } = new();

    public InMemoryOutbox Outbox { get; } = new();

    /// <summary>Told of each turn that has become durable.</summary>
    public Action<TurnCommit>? TurnCommitted { get; set; }

    /// <summary>Told of each change of a reservation: what it was, if it was there, and what it is.</summary>
    public Action<Reservation?, Reservation>? ReservationChanged { get; set; }

    public Reservation? Find(string id) => Reservations.Find(id);

    public async Task<TurnResult> CommitAsync(TurnCommit turn)
    {
        var result = await Orchestrations.CommitAsync(turn);
        TurnCommitted?.Invoke(turn);
        return result;
    }

    /// <summary>Reads all instances, with their histories and inboxes.</summary>
    public IReadOnlyList<StoredInstance> ReadAll() =>
    [
        .. Now(Orchestrations.QueryAsync(new InstanceQuery { PageSize = int.MaxValue - 1 }, CancellationToken.None)).Rows
            .Select(row => Now(Orchestrations.LoadAsync(row.InstanceId, CancellationToken.None))!),
    ];

    public StoredInstance? Load(string id) => Now(Orchestrations.LoadAsync(id, CancellationToken.None));

    public InstanceRow? Read(string id) => Now(Orchestrations.ReadAsync(id, CancellationToken.None));

    public OpenWork ReadOpenWork() => Now(Orchestrations.ReadOpenWorkAsync(CancellationToken.None));

    // The store in memory is done when its methods return.
    private static T Now<T>(Task<T> done) => done.IsCompleted
        ? done.GetAwaiter().GetResult()
        : throw new InvalidOperationException("The store in memory has not answered at once.");
}
