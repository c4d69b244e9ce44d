using BookingFunctions.Storage;
using DurableTask.Core;
using LocalRuntime.Storage;

namespace BookingFunctions.Simulation.Disk;

/// <summary>All that the app keeps, as of one moment, and what has been changed since it was last on the disk.</summary>
internal sealed class FileContents
{
    private readonly List<Action<DurableImage>> changes;

    public FileContents()
    {
        changes = [];
        Orchestrations = new InMemoryOrchestrationStore();
        Reservations = new InMemoryReservationStore(OnReservation);
        Trips = new InMemoryTripDirectory();
        Outbox = new InMemoryOutbox();
    }

    private FileContents(FileContents other)
    {
        changes = [.. other.changes];
        Orchestrations = other.Orchestrations.Copy();
        Reservations = other.Reservations.Copy(OnReservation);
        Trips = other.Trips.Copy();
        Outbox = other.Outbox.Copy();
    }

    public InMemoryOrchestrationStore Orchestrations { get; }

    public InMemoryReservationStore Reservations { get; }

    public InMemoryTripDirectory Trips { get; }

    public InMemoryOutbox Outbox { get; }

    /// <summary>What was changed, to be told once it is durable.</summary>
    public IReadOnlyList<Action<DurableImage>> Changes => changes;

    public FileContents Copy() => new(this);

    public void ForgetChanges() => changes.Clear();

    public async Task<TurnResult> CommitAsync(TurnCommit turn)
    {
        var result = await Orchestrations.CommitAsync(turn);
        changes.Add(disk => disk.TurnCommitted?.Invoke(turn));
        return result;
    }

    public async Task<StartResult> StartAsync(TurnCommit firstTurn, IReadOnlyCollection<OrchestrationStatus> replaceable)
    {
        var result = await Orchestrations.StartAsync(firstTurn, replaceable);
        if (result.Taken is null)
        {
            changes.Add(disk => disk.TurnCommitted?.Invoke(firstTurn));
        }

        return result;
    }

    private void OnReservation(Reservation? before, Reservation after) =>
        changes.Add(disk => disk.ReservationChanged?.Invoke(before, after));
}
