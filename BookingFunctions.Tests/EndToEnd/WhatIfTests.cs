using System.Net;
using System.Text;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>What misbehaving suppliers do to running trips, and how they are reset.</summary>
public sealed class WhatIfTests(DevelopmentApp development) : IClassFixture<DevelopmentApp>, IAsyncLifetime
{
    private const int Many = 1000;
    private readonly LocalApp app = development.App;

    /// <inheritdoc/>
    public Task InitializeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task DisposeAsync() => await app.ResetSuppliersAsync();

    [Fact]
    public async Task All_suppliers_are_well_until_they_are_made_otherwise()
    {
        Assert.Equal([("car", "healthy", null), ("hotel", "healthy", null), ("flight", "healthy", null)], await app.SuppliersAsync());

        await app.ChangeSupplierAsync("hotel", "slow", 7);
        await app.ChangeSupplierAsync("flight", "soldOut");

        Assert.Equal([("car", "healthy", null), ("hotel", "slow", 7), ("flight", "soldOut", null)], await app.SuppliersAsync());
        await app.ChangeSupplierAsync("hotel", "healthy");
        Assert.Equal([("car", "healthy", null), ("hotel", "healthy", null), ("flight", "soldOut", null)], await app.SuppliersAsync());
    }

    [Fact]
    public async Task The_operators_page_gets_the_panel()
    {
        Assert.Equal("""["/assets/what-if.js"]""", await app.Http.GetStringAsync(new Uri("operate/panels", UriKind.Relative)));

        using var module = await app.Http.GetAsync(new Uri("assets/what-if.js", UriKind.Relative));
        Assert.Equal("text/javascript", module.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task An_unavailable_supplier_is_tried_again_until_it_is_well()
    {
        await app.ChangeSupplierAsync("hotel", "unavailable");
        var id = await app.StartTripAsync(new TripRequest { Attempts = Many });
        var waiting = await app.UntilAsync(id, trip => trip.Hotel.Attempt > 2);
        Assert.Contains("unavailable (What if)", waiting.Hotel.Error!.Message, StringComparison.Ordinal);

        await app.ResetSuppliersAsync();

        Assert.Equal("Confirmed", (await app.DecidedAsync(id)).Status);
    }

    [Fact]
    public async Task What_is_sold_out_is_a_final_no()
    {
        await app.ChangeSupplierAsync("flight", "soldOut");

        var trip = await app.BookAsync(new TripRequest());

        Assert.Equal(("Cancelled", "Undone", "Failed", 1), (trip.Status, trip.Hotel.State, trip.Flight.State, trip.Flight.Attempt));
        Assert.Contains("'Alaska Airlines 123' is sold out", trip.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_booked_before_it_was_sold_out_stays_booked()
    {
        // Its answer is lost, so the saga asks again; by then all others are gone.
        await app.ChangeSupplierAsync("car", "losesAnswers");
        var id = await app.StartTripAsync(new TripRequest { Attempts = Many });
        await app.UntilAsync(id, trip => trip.Car.Attempt > 1);

        await app.ChangeSupplierAsync("car", "soldOut");

        Assert.Equal("Confirmed", (await app.DecidedAsync(id)).Status);
    }

    [Fact]
    public async Task A_supplier_that_is_too_slow_is_cut_off_until_it_is_well()
    {
        await app.ChangeSupplierAsync("car", "slow", 60);
        var id = await app.StartTripAsync(new TripRequest { Attempts = Many });
        var waiting = await app.UntilAsync(id, trip => trip.Car.Error is not null);
        Assert.Contains("did not answer within", waiting.Car.Error!.Message, StringComparison.Ordinal);

        await app.ResetSuppliersAsync();

        Assert.Equal("Confirmed", (await app.DecidedAsync(id)).Status);
    }

    [Fact]
    public async Task Where_answers_are_lost_nothing_is_held_in_the_end()
    {
        await app.ChangeSupplierAsync("flight", "losesAnswers");
        var id = await app.StartTripAsync(new TripRequest { Attempts = 2 });
        await app.UntilAsync(id, trip => trip.HasEnded);
        await app.ResetSuppliersAsync();
        await app.DecideAsync(id, "flight", "retry");

        await app.UntilAsync(id, trip => trip.Status == "Cancelled");

        await app.AssertReconciledAsync();
    }

    [Theory]
    [InlineData("car")]
    [InlineData("hotel")]
    public async Task A_leg_that_can_not_be_undone_waits_for_an_operator_and_a_supplier_that_is_well(string leg)
    {
        await app.ChangeSupplierAsync(leg, "undoFails");
        var trip = await app.BookAsync(new TripRequest { Flight = "Invalid 123" });
        Assert.Equal("NeedsAttention", trip.Status);

        await app.ResetSuppliersAsync();
        await app.DecideAsync(trip.Id, leg, "retry");

        Assert.Equal("Cancelled", (await app.UntilAsync(trip.Id, now => now.Status != "NeedsAttention" && now.HasEnded)).Status);
    }

    [Theory]
    [InlineData("car", "{}", 400, "condition")]
    [InlineData("car", """{"condition":"ill"}""", 400, "condition")]
    [InlineData("car", """{"condition":"Slow","seconds":1}""", 400, "condition")]
    [InlineData("car", """{"condition":"slow"}""", 400, "seconds")]
    [InlineData("car", """{"condition":"slow","seconds":0}""", 400, "seconds")]
    [InlineData("car", """{"condition":"slow","seconds":61}""", 400, "seconds")]
    [InlineData("car", """{"condition":"slow","seconds":1.5}""", 400, "seconds")]
    [InlineData("car", """{"condition":"soldOut","seconds":1}""", 400, "seconds")]
    [InlineData("car", """{"condition":"healthy","mood":"good"}""", 400, "mood")]
    [InlineData("car", "[", 400, "body")]
    [InlineData("boat", """{"condition":"healthy"}""", 404, null)]
    [InlineData("Car", """{"condition":"healthy"}""", 404, null)]
    public async Task A_wrong_change_is_refused_and_changes_nothing(string leg, string body, int status, string? field)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var response = await app.Http.PutAsync(new Uri($"what-if/suppliers/{leg}", UriKind.Relative), content);

        Assert.Equal(status, (int)response.StatusCode);
        var problem = await response.ProblemAsync();
        Assert.True(field is null || problem.GetProperty("errors").TryGetProperty(field, out _), problem.GetRawText());
        Assert.All(await app.SuppliersAsync(), supplier => Assert.Equal("healthy", supplier.Condition));
    }

    [Fact]
    public async Task A_supplier_does_not_get_well_because_the_process_is_killed()
    {
        using var data = new DataFile();
        await using var first = await LocalApp.StartAsync(data, DevelopmentApp.Setting);
        await first.ChangeSupplierAsync("hotel", "unavailable");
        var id = await first.StartTripAsync(new TripRequest { Attempts = Many });
        await first.UntilAsync(id, trip => trip.Hotel.Attempt > 1);
        await first.KillAsync();

        await using var second = await LocalApp.StartAsync(data, DevelopmentApp.Setting);

        Assert.Contains(("hotel", "unavailable", null), await second.SuppliersAsync());
        Assert.Contains("the supplier of the Hotel is still Unavailable", second.Output, StringComparison.Ordinal);
        var tried = (await second.GetTripAsync(id)).Hotel.Attempt;
        await second.UntilAsync(id, trip => trip.Hotel.Attempt > tried + 1);
        await second.ResetSuppliersAsync();
        Assert.Equal("Confirmed", (await second.DecidedAsync(id)).Status);
    }

    [Fact]
    public async Task Outside_development_all_suppliers_are_healthy_and_can_not_be_changed()
    {
        using var data = new DataFile();
        await using var first = await LocalApp.StartAsync(data, DevelopmentApp.Setting);
        await first.ChangeSupplierAsync("car", "soldOut");
        await first.StopAsync();
        await using var second = await LocalApp.StartAsync(data);

        using var list = await second.Http.GetAsync(new Uri("what-if/suppliers", UriKind.Relative));
        using var change = await second.Http.PutAsync(
            new Uri("what-if/suppliers/hotel", UriKind.Relative),
            new StringContent("""{"condition":"soldOut"}""", Encoding.UTF8, "application/json"));
        using var heal = await second.Http.DeleteAsync(new Uri("what-if/suppliers", UriKind.Relative));

        foreach (var response in (HttpResponseMessage[])[list, change, heal])
        {
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            var detail = (await response.ProblemAsync()).GetProperty("detail").GetString();
            Assert.Contains("--environment Development", detail, StringComparison.Ordinal);
        }

        Assert.Equal("Confirmed", (await second.BookAsync(new TripRequest())).Status);
        Assert.Equal("[]", await second.Http.GetStringAsync(new Uri("operate/panels", UriKind.Relative)));
    }
}
