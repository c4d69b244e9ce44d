using BookingFunctions.Local.Storage;
using BookingFunctions.Storage;
using DurableTask.Sqlite.Storage;

namespace BookingFunctions.Tests.Storage;

/// <summary>An outbox in SQLite of which reads see every message: they wait for the commit of what was acknowledged before it.</summary>
internal sealed class CommittedOutbox(SqliteDatabase database) : IOutbox
{
    private readonly SqliteOutbox inner = new(database);

    public Task AddAsync(OutboxMessage message, CancellationToken cancellation) => inner.AddAsync(message, cancellation);

    public async Task<OutboxMessage?> FindAsync(string id, CancellationToken cancellation)
    {
        await database.WriteAsync(_ => { });
        return await inner.FindAsync(id, cancellation);
    }
}
