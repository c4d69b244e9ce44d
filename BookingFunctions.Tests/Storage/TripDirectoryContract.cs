using BookingFunctions.Trips;
using BookingFunctions.Trips.Listing;
using BookingFunctions.Trips.Starting;

namespace BookingFunctions.Tests.Storage;

/// <summary>What every directory does. Each test has one that is empty.</summary>
public abstract class TripDirectoryContract
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The directory.</summary>
    protected abstract ITripDirectory Directory { get; }

    [Fact]
    public async Task A_trip_that_was_added_is_found_with_all_it_has()
    {
        TripRow trip = new()
        {
            Id = "zoë/😀 #1?",
            Name = "Zoë 😀 O'Hara",
            CreatedAt = Noon.AddMilliseconds(123),
            UpdatedAt = Noon.AddMilliseconds(765),
            Status = TripState.NeedsAttention,
            Reason = "The hotel is stuck.",
            IsStarted = true,
            Plan = """{"trip":{}}""",
            Outcome = """{"status":"NeedsAttention"}""",
        };

        Assert.Equal(trip, await Directory.AddAsync(trip, default));

        Assert.Equal(trip, await Directory.FindAsync(trip.Id, default));
    }

    [Fact]
    public async Task What_a_trip_does_not_have_is_null()
    {
        var trip = Trip("a");

        await Directory.AddAsync(trip, default);

        Assert.Equal(trip, await Directory.FindAsync("a", default));
    }

    [Fact]
    public async Task A_trip_that_was_never_added_is_not_found_and_not_changed()
    {
        await Directory.AddAsync(Trip("a"), default);

        Assert.Null(await Directory.FindAsync("A", default));
        Assert.Null(await Directory.UpdateAsync("b", trip => trip with { IsStarted = true }, default));
        Assert.Null(await Directory.FindAsync("b", default));
    }

    [Fact]
    public async Task A_moment_is_kept_from_any_time_zone()
    {
        var trip = Trip("a") with { CreatedAt = Noon.ToOffset(TimeSpan.FromHours(5)), UpdatedAt = Noon.ToOffset(TimeSpan.FromHours(-3)) };

        await Directory.AddAsync(trip, default);

        var found = await Directory.FindAsync("a", default);
        Assert.Equal((Noon, Noon), (found!.CreatedAt, found.UpdatedAt));
    }

    [Fact]
    public async Task The_first_with_an_id_stays()
    {
        var first = Trip("a") with { Plan = "first" };
        await Directory.AddAsync(first, default);

        Assert.Equal(first, await Directory.AddAsync(Trip("a", hours: 1) with { Plan = "second" }, default));

        Assert.Equal(first, await Directory.FindAsync("a", default));
        Assert.Equal(["a"], await IdsAsync(new TripQuery()));
    }

    [Fact]
    public async Task Concurrent_starts_with_one_id_get_the_same_trip()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            number => Task.Run(() => Directory.AddAsync(Trip("a", hours: number) with { Plan = $"{number}" }, default))));

        Assert.Equal(await Directory.FindAsync("a", default), Assert.Single(answers.Distinct()));
        Assert.Single(await IdsAsync(new TripQuery()));
    }

    [Fact]
    public async Task The_first_claim_of_a_key_wins()
    {
        KeyClaim first = new("a", 1);

        Assert.Equal(first, await Directory.ClaimAsync("key 1", first, default));
        Assert.Equal(first, await Directory.ClaimAsync("key 1", new KeyClaim("b", 2), default));
        Assert.Equal("c", (await Directory.ClaimAsync("KEY 1", new KeyClaim("c", 3), default)).TripId);
    }

    [Fact]
    public async Task Concurrent_claims_of_one_key_get_the_same_trip()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            number => Task.Run(() => Directory.ClaimAsync("key", new KeyClaim($"{number}", 1), default))));

        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task A_change_is_kept_but_for_what_never_changes()
    {
        await Directory.AddAsync(Trip("a"), default);
        var expected = Trip("a") with
        {
            UpdatedAt = Noon.AddMinutes(1),
            Status = TripState.Cancelled,
            Reason = "No seat.",
            IsStarted = true,
            Plan = "another",
            Outcome = "{}",
        };

        var answer = await Directory.UpdateAsync("a", _ => expected with { Id = "b", Name = "Bob", CreatedAt = Noon.AddDays(1) }, default);

        Assert.Equal(expected, answer);
        Assert.Equal(expected, await Directory.FindAsync("a", default));
        Assert.Null(await Directory.FindAsync("b", default));
        Assert.Equal([expected], (await Directory.ListAsync(new TripQuery(), default)).Trips);
        Assert.Equal([expected], (await Directory.ListAsync(new TripQuery { Status = TripState.Cancelled }, default)).Trips);
    }

    [Fact]
    public async Task A_change_of_an_activity_is_kept_as_any_other()
    {
        await Directory.AddAsync(Trip("a"), default);
        var expected = Trip("a") with { Status = TripState.Confirmed };

        Assert.Equal(expected, await Directory.RecordAsync("a", trip => trip with { Status = TripState.Confirmed }, default));
        Assert.Null(await Directory.RecordAsync("b", trip => trip, default));

        // A change sees what was acknowledged before it; a read may come before the commit.
        Assert.Equal(expected, await Directory.UpdateAsync("a", trip => trip, default));
    }

    [Fact]
    public async Task Changes_at_once_are_all_kept()
    {
        await Directory.AddAsync(Trip("a") with { Reason = "" }, default);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(number => Task.Run(() =>
            Directory.UpdateAsync("a", trip => trip with { Reason = trip.Reason + (char)('0' + number) }, default))));

        Assert.Equal("0123456789", string.Concat((await Directory.FindAsync("a", default))!.Reason!.Order()));
    }

    [Fact]
    public async Task A_change_that_fails_leaves_the_trip_as_it_was()
    {
        await Directory.AddAsync(Trip("a"), default);

        await Assert.ThrowsAsync<FormatException>(() => Directory.UpdateAsync("a", _ => throw new FormatException(), default));

        Assert.Equal(Trip("a"), await Directory.FindAsync("a", default));
    }

    [Fact]
    public async Task Trips_are_listed_newest_first_and_those_of_one_moment_by_id()
    {
        await AddAsync(Trip("c", hours: 1), Trip("a", hours: 3), Trip("d", hours: 2), Trip("b", hours: 2), Trip("e", hours: 2));

        Assert.Equal(["a", "b", "d", "e", "c"], await IdsAsync(new TripQuery()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(39)]
    [InlineData(40)]
    [InlineData(41)]
    public async Task Pages_have_each_trip_once(int pageSize)
    {
        await AddAsync([.. Enumerable.Range(0, 40).Select(number => Trip($"trip-{number:d2}", hours: number / 3))]);
        var ordered = Enumerable.Range(0, 40).OrderByDescending(number => number / 3).ThenBy(number => number);
        var expected = ordered.Select(number => $"trip-{number:d2}").ToList();
        List<TripPage> pages = [];
        string? token = null;
        do
        {
            pages.Add(await Directory.ListAsync(new TripQuery { PageSize = pageSize, ContinuationToken = token }, default));
            token = pages[^1].ContinuationToken;
        }
        while (token is not null);

        Assert.Equal(expected, pages.SelectMany(page => page.Trips).Select(trip => trip.Id));
        Assert.All(pages.SkipLast(1), page => Assert.Equal(pageSize, page.Trips.Count));
        Assert.NotEmpty(pages[^1].Trips);
    }

    [Fact]
    public async Task A_page_goes_on_where_the_last_has_ended_though_trips_were_added()
    {
        await AddAsync(Trip("a", hours: 1), Trip("b", hours: 2), Trip("c", hours: 3));
        var page = await Directory.ListAsync(new TripQuery { PageSize = 2 }, default);

        await AddAsync(Trip("d", hours: 4));

        Assert.Equal(["a"], await IdsAsync(new TripQuery { PageSize = 2, ContinuationToken = page.ContinuationToken }));
    }

    [Fact]
    public async Task An_empty_directory_has_one_empty_page()
    {
        var page = await Directory.ListAsync(new TripQuery(), default);

        Assert.Empty(page.Trips);
        Assert.Null(page.ContinuationToken);
    }

    [Fact]
    public async Task Trips_are_listed_by_their_status_as_it_is_now()
    {
        await AddAsync(Trip("a", hours: 1), Trip("b", hours: 2), Trip("c", hours: 3), Trip("d", hours: 4));
        foreach (var id in (string[])["a", "c"])
        {
            await Directory.UpdateAsync(id, trip => trip with { Status = TripState.Confirmed }, default);
        }

        await Directory.UpdateAsync("c", trip => trip with { Status = TripState.RollingBack }, default);
        await Directory.UpdateAsync("c", trip => trip with { Status = TripState.Confirmed, IsStarted = true }, default);

        Assert.Equal(["c", "a"], await IdsAsync(new TripQuery { Status = TripState.Confirmed }));
        Assert.Equal(["d", "b"], await IdsAsync(new TripQuery { Status = TripState.Booking }));
        Assert.Empty(await IdsAsync(new TripQuery { Status = TripState.RollingBack }));
        var page = await Directory.ListAsync(new TripQuery { Status = TripState.Confirmed, PageSize = 1 }, default);
        Assert.Equal(["a"], await IdsAsync(new TripQuery { Status = TripState.Confirmed, ContinuationToken = page.ContinuationToken }));
    }

    [Theory]
    [InlineData("al", "al,alice")]
    [InlineData("AL", "al,alice")]
    [InlineData("alice ", "")]
    [InlineData("", "al,alice,bob,quote,zoë")]
    [InlineData("ZO", "zoë")]
    [InlineData("zoË 😀", "zoë")]
    [InlineData("o'h", "quote")]
    [InlineData("%", "")]
    [InlineData("l", "")]
    public async Task Trips_are_listed_by_the_beginning_of_the_name_in_any_letter_case(string prefix, string expected)
    {
        await AddAsync(
            Trip("bob") with { Name = "Bob" },
            Trip("alice") with { Name = "Alice" },
            Trip("al") with { Name = "aL" },
            Trip("quote") with { Name = "O'Hara" },
            Trip("zoë") with { Name = "Zoë 😀" });

        Assert.Equal(expected, string.Join(',', await IdsAsync(new TripQuery { NamePrefix = prefix })));
        Assert.Equal(expected, string.Join(',', await IdsAsync(new TripQuery { NamePrefix = prefix, Status = TripState.Booking })));
    }

    [Fact]
    public async Task Trips_are_listed_by_when_they_were_ordered_both_ends_included()
    {
        await AddAsync(Trip("a", hours: 1), Trip("b", hours: 2), Trip("c", hours: 3), Trip("d", hours: 4));

        Assert.Equal(["c", "b"], await IdsAsync(new TripQuery { From = Noon.AddHours(2), To = Noon.AddHours(3) }));
        Assert.Equal(["d", "c"], await IdsAsync(new TripQuery { From = Noon.AddHours(2).AddTicks(1) }));
        Assert.Equal(["b", "a"], await IdsAsync(new TripQuery { To = Noon.AddHours(3).AddTicks(-1) }));
        Assert.Equal(["b"], await IdsAsync(new TripQuery { From = Noon.AddHours(2), To = Noon.AddHours(2), Status = TripState.Booking }));
        Assert.Empty(await IdsAsync(new TripQuery { From = Noon.AddHours(3), To = Noon.AddHours(2) }));
        var page = await Directory.ListAsync(new TripQuery { To = Noon.AddHours(3), PageSize = 1 }, default);
        Assert.Equal(["b", "a"], await IdsAsync(new TripQuery { To = Noon.AddHours(3), ContinuationToken = page.ContinuationToken }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("/+=")]
    [InlineData("MTox*")]
    [InlineData("OTk5OTk5OTk5OTk5OTk5OTk5OTphYmM")]
    [InlineData("MTIzOg")]
    public async Task A_token_that_can_not_be_read_is_refused(string token)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Directory.ListAsync(new TripQuery { ContinuationToken = token }, default));
    }

    [Fact]
    public async Task A_page_without_room_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Directory.ListAsync(new TripQuery { PageSize = 0 }, default));
    }

    [Fact]
    public async Task Trips_are_counted_by_minute_and_status_both_ends_included()
    {
        await AddAsync(
            At("before", TimeSpan.FromMilliseconds(-1)),
            At("a", TimeSpan.Zero),
            At("b", TimeSpan.FromSeconds(59)) with { Status = TripState.Confirmed },
            At("c", TimeSpan.FromSeconds(59.9)) with { Status = TripState.Confirmed },
            At("d", TimeSpan.FromSeconds(60)) with { Status = TripState.Confirmed },
            At("e", TimeSpan.FromMinutes(30)) with { Status = TripState.NeedsAttention },
            At("end", TimeSpan.FromMinutes(60)),
            At("after", TimeSpan.FromMinutes(60) + TimeSpan.FromMilliseconds(1)));
        await Directory.UpdateAsync("d", trip => trip with { Status = TripState.Cancelled }, default);

        var counts = await Directory.CountAsync(Noon, Noon.AddHours(1), default);

        Assert.Equal(
            [
                new TripCount(Noon, TripState.Booking, 1),
                new TripCount(Noon, TripState.Confirmed, 2),
                new TripCount(Noon.AddMinutes(1), TripState.Cancelled, 1),
                new TripCount(Noon.AddMinutes(30), TripState.NeedsAttention, 1),
                new TripCount(Noon.AddMinutes(60), TripState.Booking, 1),
            ],
            counts.OrderBy(count => count.Minute).ThenBy(count => count.Status));
        Assert.Empty(await Directory.CountAsync(Noon.AddHours(2), Noon.AddHours(3), default));

        static TripRow At(string id, TimeSpan time) => Trip(id) with { CreatedAt = Noon + time };
    }

    [Fact]
    public async Task Only_old_trips_that_were_not_started_are_listed_as_such()
    {
        await AddAsync(Trip("old", hours: 1), Trip("started", hours: 1), Trip("edge", hours: 2), Trip("new", hours: 3));
        await AddAsync(Trip("added as started", hours: 1) with { IsStarted = true });
        await Directory.UpdateAsync("started", trip => trip with { IsStarted = true }, default);

        var found = await Directory.ListUnstartedAsync(Noon.AddHours(2), default).ToListAsync();

        Assert.Equal([Trip("old", hours: 1)], found);
    }

    [Fact]
    public async Task Many_that_were_not_started_are_all_listed()
    {
        await AddAsync([.. Enumerable.Range(0, 250).Select(number => Trip($"trip-{number}"))]);

        var found = await Directory.ListUnstartedAsync(Noon.AddHours(1), default).Select(trip => trip.Id).ToListAsync();

        Assert.Equal(250, found.Count);
        Assert.Equal(250, found.Distinct().Count());
    }

    [Fact]
    public async Task A_call_that_was_cancelled_before_changes_nothing()
    {
        CancellationToken cancelled = new(canceled: true);
        await AddAsync(Trip("a"));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Directory.AddAsync(Trip("b"), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Directory.UpdateAsync("a", trip => trip with { Reason = "x" }, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Directory.ClaimAsync("key", new KeyClaim("a", 1), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Directory.FindAsync("a", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Directory.ListAsync(new TripQuery(), cancelled));

        Assert.Equal([Trip("a")], (await Directory.ListAsync(new TripQuery(), default)).Trips);
        Assert.Equal("b", (await Directory.ClaimAsync("key", new KeyClaim("b", 1), default)).TripId);
    }

    private static TripRow Trip(string id, int hours = 0) => new()
    {
        Id = id,
        Name = "Alice Jones",
        CreatedAt = Noon.AddHours(hours),
        UpdatedAt = Noon.AddHours(hours),
        Plan = "{}",
    };

    private Task AddAsync(params TripRow[] trips) => Parallel.ForEachAsync(
        trips, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (trip, token) => await Directory.AddAsync(trip, token));

    private async Task<List<string>> IdsAsync(TripQuery query) =>
        [.. (await Directory.ListAsync(query, default)).Trips.Select(trip => trip.Id)];
}
