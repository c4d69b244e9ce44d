using DurableTask.Sqlite.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace BookingFunctions.Tests.Storage;

/// <summary>The committer's rules, driven step by step on a database in memory.</summary>
public sealed class GroupCommitterTests : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly InMemoryFile file = new();
    private readonly SqliteDatabase database;

    public GroupCommitterTests() => database = Open();

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task A_write_is_made_then_committed_and_read_only_after_that()
    {
        var write = Add(1);
        Assert.False(write.Made.IsCompleted);

        Make();
        await write.Made;
        Assert.False(write.Durable.IsCompleted);
        Assert.Empty(await NotesAsync());

        database.Committer.Commit();
        await write.Durable;
        Assert.Equal([1], await NotesAsync());
    }

    [Fact]
    public async Task A_write_sees_what_was_made_before_it_in_the_open_group()
    {
        Add(1);
        Make();
        var seen = database.Queue(Notes.Read);

        Make();

        Assert.Equal([1], await seen.Made);
    }

    [Fact]
    public async Task A_write_that_fails_by_its_own_fault_leaves_acknowledged_and_later_writes_as_they_were()
    {
        var acknowledged = Add(1);
        Make();
        var failing = database.Queue<int>(session =>
        {
            Notes.Add(session, 2);
            throw new InvalidOperationException("on purpose");
        });
        var after = Add(3);

        Make();
        await Assert.ThrowsAsync<InvalidOperationException>(() => failing.Made);
        Assert.False(failing.Durable.IsCompleted);
        database.Committer.Commit();

        await Assert.ThrowsAsync<InvalidOperationException>(() => failing.Durable);
        await Task.WhenAll(acknowledged.Durable, after.Durable);
        Assert.Equal([1, 3], await NotesAsync());
        Assert.Equal(0, database.Epoch);
    }

    [Fact]
    public async Task A_write_that_failed_stays_failed_when_its_group_is_made_again()
    {
        var fails = true;
        var failing = database.Queue(session => fails ? throw new InvalidOperationException("on purpose") : Notes.Add(session, 1));
        Make();
        fails = false;
        var another = database.Queue<int>(_ => throw new InvalidOperationException("another"));
        Make();
        database.Committer.Commit();

        await Assert.ThrowsAsync<InvalidOperationException>(() => failing.Durable);
        await Assert.ThrowsAsync<InvalidOperationException>(() => another.Durable);
        Assert.Empty(await NotesAsync());
    }

    [Fact]
    public async Task An_acknowledged_write_that_can_not_be_made_again_loses_the_transaction()
    {
        var isAcknowledged = false;
        var acknowledged = database.Queue(session => isAcknowledged ? throw new InvalidOperationException("now") : Notes.Add(session, 1));
        Make();
        await acknowledged.Made;
        isAcknowledged = true;
        var failing = database.Queue<int>(_ => throw new InvalidOperationException("on purpose"));

        Make();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => acknowledged.Durable);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => failing.Made);
        Assert.Equal(1, database.Epoch);
        Assert.Empty(await NotesAsync());
    }

    [Fact]
    public async Task A_write_that_ends_the_transaction_loses_it()
    {
        var neighbour = Add(1);
        var ending = database.Queue<int>(session =>
        {
            session.RunScript("ROLLBACK");
            return 0;
        });

        Make();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => ending.Made);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => neighbour.Durable);
        Assert.Equal(1, database.Epoch);
        Assert.Empty(await NotesAsync());
    }

    [Fact]
    public async Task A_commit_that_fails_loses_the_group_and_the_queue_and_says_so_before_their_tasks_fail()
    {
        var made = Add(1);
        var unpaid = database.Queue(session => session.Statement("INSERT INTO replies VALUES (99)").Run());
        Make();
        var queued = Add(2);
        List<(long Epoch, bool Anything, bool IsAvailable)> events = [];
        database.TransactionLost += epoch =>
            events.Add((epoch, made.Durable.IsCompleted || unpaid.Durable.IsCompleted || queued.Made.IsCompleted, database.IsAvailable));

        database.Committer.Commit();

        Assert.Equal((1, false, false), Assert.Single(events));
        Assert.Equal(1, database.Epoch);
        foreach (var task in (Task[])[made.Durable, unpaid.Durable, queued.Made, queued.Durable])
        {
            var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => task);
            Assert.StartsWith("Nothing was written to 'memory', because a commit failed: ", failure.Message, StringComparison.Ordinal);
        }

        await made.Made;
        Assert.Empty(await NotesAsync());
    }

    [Fact]
    public async Task Until_a_probe_is_committed_writes_fail_at_once_and_reads_go_on()
    {
        Add(1);
        Make();
        database.Committer.Commit();
        Lose();

        var refused = Add(2);

        Assert.Equal(TimeSpan.FromMilliseconds(50), (await Assert.ThrowsAsync<StoreUnavailableException>(() => refused.Made)).RetryAfter);
        Assert.Equal([1], await NotesAsync());
        var recovered = 0;
        database.Recovered += () => recovered++;
        time.Advance(TimeSpan.FromMilliseconds(50));
        database.Committer.Probe();
        Assert.Equal((1, true), (recovered, database.IsAvailable));
        Add(3);
        Make();
        database.Committer.Commit();
        Assert.Equal([1, 3], await NotesAsync());
        Assert.Equal(1, database.Epoch);
    }

    [Fact]
    public void Probes_come_after_50_ms_and_then_after_twice_as_long_each_time_up_to_10_s_until_a_group_is_committed()
    {
        file.Session.RunScript("PRAGMA query_only = TRUE");
        Lose();
        foreach (var delay in (int[])[50, 100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000])
        {
            AssertProbeAfter(delay);
            database.Committer.Probe();
            Assert.False(database.IsAvailable);
        }

        file.Session.RunScript("PRAGMA query_only = FALSE");
        AssertProbeAfter(10_000);
        database.Committer.Probe();
        Assert.True(database.IsAvailable);

        // A disk with room for a probe alone is still full.
        Lose();
        AssertProbeAfter(10_000);
        database.Committer.Probe();
        Add(1);
        Make();
        database.Committer.Commit();
        Lose();
        AssertProbeAfter(50);
    }

    [Fact]
    public async Task A_crash_leaves_what_was_committed_and_completes_no_task()
    {
        Add(1);
        Make();
        database.Committer.Commit();
        var made = Add(2);
        Make();
        var queued = Add(3);

        database.Committer.Crash();
        var again = Open();

        Assert.Equal([1], await Notes.ReadAsync(again));
        Assert.False(made.Durable.IsCompleted || queued.Made.IsCompleted);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Add(4).Made);
    }

    [Fact]
    public async Task A_group_is_held_open_only_as_long_as_its_most_urgent_write_allows()
    {
        database.Queue(session => Notes.Add(session, 1), TimeSpan.FromMilliseconds(3), drainsOnCaller: false);
        Make();
        Assert.Equal(TimeSpan.FromMilliseconds(3), database.Committer.Open!.Linger);
        var urgent = Add(2);
        Make();
        Assert.Equal(TimeSpan.Zero, database.Committer.Open!.Linger);
        database.Committer.Commit();
        await urgent.Durable;
        Assert.Null(database.Committer.Open);
    }

    private SqliteDatabase Open() => SqliteDatabase.OpenInMemory(file, new SqliteDatabaseOptions
    {
        Path = "memory",
        TimeProvider = time,
        Schemas =
        [
            Notes.Schema,
            new("replies", ["CREATE TABLE replies (note INTEGER NOT NULL REFERENCES notes (id) DEFERRABLE INITIALLY DEFERRED) STRICT"]),
        ],
    });

    private SqliteWrite<int> Add(int id) => database.Queue(session => Notes.Add(session, id));

    private void Make() => database.Committer.Make(512);

    private void Lose() => database.Committer.Lose(new SqliteException("database or disk is full", 13));

    private void AssertProbeAfter(int milliseconds)
    {
        Assert.False(database.Committer.IsProbeDue);
        time.Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
        Assert.False(database.Committer.IsProbeDue);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(database.Committer.IsProbeDue);
    }

    private Task<IReadOnlyList<int>> NotesAsync() => Notes.ReadAsync(database);
}
