using BookingFunctions.Storage;

namespace BookingFunctions.Tests.Storage;

/// <summary>What every outbox does.</summary>
public abstract class OutboxContract
{
    private static readonly OutboxMessage Message = new(
        "zoë-7k2m/confirmed?", "zoë-7k2m", """{"to":"Zoë 😀"}""", new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero).AddTicks(1234567));

    /// <summary>The outbox; empty.</summary>
    protected abstract IOutbox Outbox { get; }

    [Fact]
    public async Task A_message_is_kept()
    {
        Assert.Null(await Outbox.FindAsync(Message.Id, default));

        await Outbox.AddAsync(Message, default);

        Assert.Equal(Message, await Outbox.FindAsync(Message.Id, default));
        Assert.Null(await Outbox.FindAsync(Message.Id.ToUpperInvariant(), default));
    }

    [Fact]
    public async Task A_message_is_added_once_however_often_it_is_written()
    {
        await Outbox.AddAsync(Message, default);

        await Outbox.AddAsync(Message with { Body = "another" }, default);

        Assert.Equal(Message, await Outbox.FindAsync(Message.Id, default));
    }

    [Fact]
    public async Task A_call_that_was_cancelled_before_changes_nothing()
    {
        CancellationToken cancelled = new(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Outbox.AddAsync(Message, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Outbox.FindAsync(Message.Id, cancelled));

        Assert.Null(await Outbox.FindAsync(Message.Id, default));
    }
}
