using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>What a traveler sees of a trip that runs without interruption.</summary>
public sealed class BookingTests(QuickApp quick) : IClassFixture<QuickApp>
{
    private readonly LocalApp app = quick.App;

    [Fact]
    public async Task A_trip_that_can_be_booked_is_confirmed_with_a_confirmation_for_each_leg()
    {
        var trip = await app.BookAsync(new TripRequest());

        Assert.Equal(("Alice Jones", "Confirmed", null), (trip.Name, trip.Status, trip.Reason));
        Assert.Equal(
            [("car", "Ford 150", "Booked", 1), ("hotel", "Hilton 123", "Booked", 1), ("flight", "Alaska Airlines 123", "Booked", 1)],
            trip.Legs.Select(leg => (leg.Leg, leg.Request, leg.State, leg.Attempt)));
        Assert.All(trip.Legs, leg => Assert.False(string.IsNullOrWhiteSpace(leg.Confirmation)));
        Assert.All(trip.Legs, leg => Assert.Null(leg.Error));
        Assert.Equal(3, trip.Legs.Select(leg => leg.Confirmation).Distinct().Count());
        Assert.True(trip.CreatedAt <= trip.LastUpdatedAt);
        Assert.Equal(
            ["TaskCompleted BookCar", "TaskCompleted BookHotel", "TaskCompleted BookFlight", "TaskCompleted NotifyTraveler"],
            (await app.ActivitiesAsync(trip.Id)).Where(run => run.Contains("Book") || run.Contains("Notify")));
    }

    [Fact]
    public async Task A_start_is_answered_with_the_trips_address_and_the_management_addresses()
    {
        using var response = await app.PostTripAsync(new TripRequest { Name = "Zoë Ångström-Smith" });

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter?.Delta);
        var payload = await response.Content.ReadFromJsonAsync<JsonElement>();
        var id = payload.GetProperty("id").GetString()!;
        Assert.Matches("^zo[a-z-]*-smith-[0-9a-hjkmnp-tv-z]{10}$", id);
        Assert.Equal($"/api/trips/{id}", response.Headers.Location!.ToString());
        var instance = $"{app.Address}runtime/webhooks/durabletask/instances/{id}";
        string[] names =
        [
            "statusQueryGetUri", "sendEventPostUri", "terminatePostUri", "rewindPostUri", "purgeHistoryDeleteUri", "restartPostUri",
            "suspendPostUri", "resumePostUri",
        ];
        Assert.All(names, name => Assert.StartsWith(instance, payload.GetProperty(name).GetString(), StringComparison.Ordinal));

        await app.DecidedAsync(id);
        using var status = await app.Http.GetAsync(new Uri(payload.GetProperty("statusQueryGetUri").GetString()!));
        Assert.Equal(HttpStatusCode.OK, status.StatusCode);
    }

    [Fact]
    public async Task A_flaky_car_is_booked_on_the_sixth_attempt()
    {
        var trip = await app.BookAsync(new TripRequest { Car = "Flaky Ford" });

        Assert.Equal("Confirmed", trip.Status);
        Assert.Equal(("Booked", 6), (trip.Car.State, trip.Car.Attempt));
    }

    [Fact]
    public async Task A_flaky_car_that_may_be_tried_three_times_cancels_the_trip()
    {
        var trip = await app.BookAsync(new TripRequest { Car = "Flaky Ford", Attempts = 3 });

        Assert.Equal("Cancelled", trip.Status);
        Assert.Equal(("Failed", 3), (trip.Car.State, trip.Car.Attempt));
        Assert.Equal($"{trip.Car.Error!.Type}: {trip.Car.Error.Message}", trip.Reason);
        Assert.Equal(["Pending", "Pending"], new[] { trip.Hotel.State, trip.Flight.State });
        Assert.DoesNotContain(await app.ActivitiesAsync(trip.Id), run => run.EndsWith(" BookHotel", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_invalid_flight_is_tried_once_and_undoes_the_hotel_and_then_the_car()
    {
        var trip = await app.BookAsync(new TripRequest { Flight = "Invalid 123" });

        Assert.Equal("Cancelled", trip.Status);
        Assert.Equal(["Undone", "Undone", "Failed"], trip.Legs.Select(leg => leg.State));
        Assert.Equal(1, trip.Flight.Attempt);
        Assert.EndsWith(".InvalidFlightException", trip.Flight.Error!.Type, StringComparison.Ordinal);
        Assert.Contains("Invalid 123", trip.Flight.Error.Message, StringComparison.Ordinal);
        Assert.Equal($"{trip.Flight.Error.Type}: {trip.Flight.Error.Message}", trip.Reason);
        var runs = await app.ActivitiesAsync(trip.Id);
        Assert.Single(runs, run => run.EndsWith(" BookFlight", StringComparison.Ordinal));
        string[] undone = ["TaskCompleted UndoBookHotel", "TaskCompleted UndoBookCar"];
        Assert.Equal(undone, runs.Where(run => run.Contains("UndoBook") && !run.Contains("Flight")));
    }

    [Fact]
    public async Task A_hotel_whose_bug_outlasts_its_attempts_cancels_the_trip_and_undoes_the_car()
    {
        var trip = await app.BookAsync(new TripRequest { Hotel = "The Buggy Inn", Attempts = 2 });

        Assert.Equal("Cancelled", trip.Status);
        Assert.Equal(["Undone", "Failed", "Pending"], trip.Legs.Select(leg => leg.State));
        Assert.Equal(2, trip.Hotel.Attempt);
        Assert.NotNull(trip.Hotel.Error);
    }

    [Theory]
    [InlineData("FLAKY ford", "Hilton 123", "Alaska Airlines 123")]
    [InlineData("Ford 150", "Inn for buggy", "Alaska Airlines 123")]
    [InlineData("Ford 150", "Hilton 123", "an inVALID one")]
    public async Task The_demo_words_work_anywhere_in_their_field_in_any_letter_case(string car, string hotel, string flight)
    {
        var trip = await app.BookAsync(new TripRequest { Car = car, Hotel = hotel, Flight = flight, Attempts = 1 });

        Assert.Equal("Cancelled", trip.Status);
    }

    [Fact]
    public async Task The_demo_words_mean_nothing_in_another_field()
    {
        var trip = await app.BookAsync(new TripRequest
        {
            Name = "Flaky Stuck",
            Car = "Buggy Ford, invalid",
            Hotel = "Flaky Slow Hilton",
            Flight = "Stuck Buggy Flaky",
            Attempts = 1,
        });

        Assert.Equal("Confirmed", trip.Status);
    }

    [Fact]
    public async Task An_unknown_trip_is_not_found()
    {
        using var response = await app.Http.GetAsync(new Uri("api/trips/unknown-0000000000", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }
}
