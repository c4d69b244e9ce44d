namespace BookingFunctions.Tests.EndToEnd;

/// <summary>How the process starts and ends.</summary>
public sealed class ShutdownTests
{
    [Fact]
    public async Task It_ends_well_when_asked_to_while_answers_wait_and_trips_run()
    {
        using var data = new DataFile();
        await using var app = await LocalApp.StartAsync(data);
        var undecided = new TripRequest { Name = "Patient", Hotel = "Buggy Inn", Attempts = 1000 };
        var waiting = Enumerable.Range(0, 20).Select(_ => app.PostTripAsync(undecided, waitSeconds: 60)).ToList();
        await app.StartTripAsync(new TripRequest { Car = "Slow Ford" });
        using var patience = new CancellationTokenSource(LocalApp.Patience);
        while ((await app.InstanceIdsAsync()).Count <= waiting.Count)
        {
            await Task.Delay(25, patience.Token);
        }

        await app.StopAsync();

        // Each got an answer or saw its connection end; none hangs.
        await Task.WhenAll(waiting).ContinueWith(_ => { }, TaskScheduler.Default);
        foreach (var answered in waiting.Where(answer => answer.IsCompletedSuccessfully))
        {
            (await answered).Dispose();
        }
    }

    [Fact]
    public async Task A_process_says_where_it_listens_and_what_to_try_and_keeps_its_file_from_a_second_one()
    {
        using var data = new DataFile();
        await using var first = await LocalApp.StartAsync(data);

        var (exitCode, errors) = await LocalApp.RunToEndAsync(data);

        Assert.Equal(1, exitCode);
        Assert.Contains(data.Path, Assert.Single(errors), StringComparison.Ordinal);
        Assert.Equal("Confirmed", (await first.BookAsync(new TripRequest())).Status);
        await first.StopAsync();
        Assert.Contains(first.Address.GetLeftPart(UriPartial.Authority), first.Output, StringComparison.Ordinal);
        Assert.Contains(data.Path, first.Output, StringComparison.Ordinal);
        Assert.Contains("curl ", first.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Saga__Attempts", "none", "Saga:Attempts")]
    [InlineData("Saga__BackoffCoefficient", "0.5", "Saga__BackoffCoefficient")]
    public async Task A_setting_that_makes_no_sense_is_named_and_nothing_starts(string name, string value, string named)
    {
        using var data = new DataFile();

        var (exitCode, errors) = await LocalApp.RunToEndAsync(data, (name, value));

        Assert.Equal(1, exitCode);
        Assert.Contains(named, Assert.Single(errors), StringComparison.Ordinal);
    }
}
