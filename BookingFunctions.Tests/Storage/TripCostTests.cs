using System.Globalization;
using Azure.Core;
using Azure.Data.Tables;
using BookingFunctions.Saga;
using BookingFunctions.Storage;
using BookingFunctions.Tests.Azurite;
using BookingFunctions.Tests.Infra;
using BookingFunctions.Tests.LocalFunctionsHost;
using BookingFunctions.Tests.Npm;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Listing;
using BookingFunctions.Trips.Starting;
using DurableTask.Core.History;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Tests.Storage;

/// <summary>What docs/azure.md calculates a trip's cost from is what a trip does.</summary>
[Collection(SharedAzurite.Name)]
public sealed class TripCostTests(AzuriteStorage azurite)
{
    private static readonly TripRequest Plain = new("Alice Jones", "Ford 150", "Hilton 123", "Alaska Airlines 123");

    [NpmTheory]
    [InlineData(1, "Alaska Airlines 123", TripState.Confirmed)]
    [InlineData(2, "Invalid 123", TripState.Cancelled)]
    public async Task A_trip_makes_the_calls_that_its_cost_is_calculated_from(int column, string flight, TripState end)
    {
        var counter = new RequestCounter();
        var options = new TableClientOptions();
        options.AddPolicy(counter, HttpPipelinePosition.PerRetry);
        var account = new TableServiceClient(azurite.ConnectionString, options);
        await using var app = await TestHost.StartAsync(typeof(BookTrip).Assembly.GetTypes(), "{}", builder =>
        {
            builder.Configuration["Providers:Timeout"] = "00:05:00";
            builder.Services.AddBookingFunctions(builder.Configuration);
            builder.Services
                .AddSingleton<IReservationStore>(new TableReservationStore(account.GetTableClient(TableReservationStore.TableName)))
                .AddSingleton<ITripDirectory>(new TableTripDirectory(account.GetTableClient(TableTripDirectory.TableName)))
                .AddSingleton<IOutbox>(new TableOutbox(account.GetTableClient(TableOutbox.TableName)));
        });

        // The first one makes the tables, and the items' counters.
        await BookAsync(app, flight);
        var before = counter.Count;
        var id = await BookAsync(app, flight);
        var requests = counter.Count - before;

        var history = await app.Client.GetOrchestrationHistoryAsync(id);
        Assert.Equal(end, await StatusAsync(app, id));
        var said = await ReadTableAsync(column);
        Assert.Equal(
            (said["Activities"], said["Requests to the app's tables"]), (history.OfType<TaskScheduledEvent>().Count(), requests));

        // Outcomes that come together share a turn.
        Assert.Equal(said["Activities"] + 1, said["Turns of the orchestrator"]);
        Assert.InRange(history.OfType<OrchestratorStartedEvent>().Count(), 2, said["Turns of the orchestrator"]);
    }

    private static async Task<string> BookAsync(TestHost app, string flight)
    {
        var order = new TripOrder(Plain with { Flight = flight }, null);
        var starter = app.App.Services.GetRequiredService<TripStarter>();
        var id = (await starter.StartAsync(app.Client, order, null, null, CancellationToken.None))!.Id;
        await app.Client.WaitForInstanceCompletionAsync(id);
        return id;
    }

    private static async Task<TripState> StatusAsync(TestHost app, string id) =>
        (await app.Client.GetInstanceAsync(id, getInputsAndOutputs: true))!.ReadOutputAs<TripStatus>()!.Status;

    // The rows of the table in the section on costs.
    private static async Task<Dictionary<string, int>> ReadTableAsync(int column)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(BicepCompiler.Folder, "..", "docs", "azure.md"));
        var section = text[text.IndexOf("## What a trip costs", StringComparison.Ordinal)..];
        return section.Split('\n')
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 5 && int.TryParse(cells[column + 1], out _))
            .ToDictionary(cells => cells[1], cells => int.Parse(cells[column + 1], CultureInfo.InvariantCulture));
    }
}
