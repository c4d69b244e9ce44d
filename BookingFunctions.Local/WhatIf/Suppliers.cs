using BookingFunctions.Trips;
using DurableTask.Sqlite.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Local.WhatIf;

/// <summary>
/// The suppliers and their conditions. They are kept in the host's file: a supplier is another system, which doesn't recover when this
/// process is killed.
/// </summary>
/// <param name="environment">Says whether this is development; elsewhere all are healthy, and the file isn't read.</param>
/// <param name="clock">Says since when.</param>
/// <param name="logger">Logs what was left from before.</param>
/// <param name="database">The open file; null where the state is in Azure Storage, which has no place for this.</param>
public sealed partial class Suppliers(
    IHostEnvironment environment, TimeProvider clock, ILogger<Suppliers> logger, SqliteDatabase? database = null)
    : IHostedService, IDisposable
{
    /// <summary>Their table.</summary>
    internal static readonly SqliteSchema Schema =
        SqliteSchema.FromResources("what-if", typeof(Suppliers).Assembly, typeof(Suppliers).Namespace!);

    private readonly SemaphoreSlim changing = new(1, 1);
    private volatile Supplier[] all = AllHealthy();

    /// <summary>Why their conditions can't be changed; null if they can.</summary>
    public string? Refusal { get; } =
        !environment.IsDevelopment()
            ? "Suppliers can be made to misbehave in development only: start the host by 'dotnet run', or with --environment Development."
        : database is null
            ? "Suppliers can be made to misbehave on the backend sqlite only, which keeps how: start the host with --backend sqlite."
        : null;

    /// <summary>All three, in the order of the legs.</summary>
    public IReadOnlyList<Supplier> All => all;

    /// <summary>Reads their conditions. The engine starts after this, so that no call comes before.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (Refusal is not null)
        {
            return;
        }

        all = await database!.ReadAsync(Read, cancellationToken);
        foreach (var supplier in all.Where(supplier => supplier.Condition != SupplierCondition.Healthy))
        {
            LogLeft(supplier.Leg, supplier.Condition);
        }
    }

    /// <summary>Does nothing: what was changed is durable.</summary>
    /// <param name="cancellationToken">Not used.</param>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Changes a supplier's condition, from the next call on, and over restarts.</summary>
    /// <param name="leg">Its leg.</param>
    /// <param name="condition">Its condition.</param>
    /// <param name="seconds">How much longer its calls take if it is slow; otherwise null.</param>
    /// <returns>The supplier, once that is durable.</returns>
    /// <exception cref="InvalidOperationException">They can't be changed: see <see cref="Refusal"/>.</exception>
    public async Task<Supplier> ChangeAsync(Leg leg, SupplierCondition condition, int? seconds)
    {
        var supplier = condition == SupplierCondition.Healthy
            ? Supplier.Healthy(leg)
            : new Supplier(leg, condition, seconds, clock.GetUtcNow());
        await ReplaceAsync(before => [.. before.Select(other => other.Leg == leg ? supplier : other)]);
        return supplier;
    }

    /// <summary>Resets all suppliers.</summary>
    /// <exception cref="InvalidOperationException">They can't be changed: see <see cref="Refusal"/>.</exception>
    public Task ResetAsync() => ReplaceAsync(_ => AllHealthy());

    /// <inheritdoc/>
    public void Dispose() => changing.Dispose();

    // One at a time, so that memory and file can't end up with different ones.
    private async Task ReplaceAsync(Func<IEnumerable<Supplier>, Supplier[]> change)
    {
        if (Refusal is not null)
        {
            throw new InvalidOperationException(Refusal);
        }

        await changing.WaitAsync();
        try
        {
            var changed = change(all);
            await database!.WriteAsync(session => Write(session, changed));
            all = changed;
        }
        finally
        {
            changing.Release();
        }
    }

    private static Supplier[] AllHealthy() => [.. Enum.GetValues<Leg>().Select(Supplier.Healthy)];

    private static Supplier[] Read(SqliteSession session)
    {
        Supplier[] read = AllHealthy();
        SqliteStatement rows = session.Statement("SELECT leg, condition, seconds, since FROM what_if");
        while (rows.Read())
        {
            var leg = Enum.Parse<Leg>(rows.Text(0));
            read[(int)leg] = new Supplier(
                leg,
                Enum.Parse<SupplierCondition>(rows.Text(1)),
                rows.Number(2) is > 0 and var seconds ? (int)seconds : null,
                new DateTimeOffset(rows.Time(3)));
        }

        return read;
    }

    private static void Write(SqliteSession session, IEnumerable<Supplier> suppliers)
    {
        session.Statement("DELETE FROM what_if").Run();
        foreach (var supplier in suppliers.Where(supplier => supplier.Since is not null))
        {
            session.Statement("INSERT INTO what_if (leg, condition, seconds, since) VALUES (?, ?, ?, ?)")
                .Bind(supplier.Leg.ToString())
                .Bind(supplier.Condition.ToString())
                .Bind(supplier.Seconds ?? 0L)
                .Bind(supplier.Since!.Value.UtcDateTime)
                .Run();
        }
    }

    [LoggerMessage(
        1, LogLevel.Warning, "What if: the supplier of the {Leg} is still {Condition} from an earlier run. Reset it on the page /operate.")]
    private partial void LogLeft(Leg leg, SupplierCondition condition);
}
