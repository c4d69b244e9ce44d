using BookingFunctions.Storage;
using BookingFunctions.Trips.Listing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Tests.Storage;

public sealed class TableStoresExtensionsTests
{
    [Fact]
    public void Without_a_connection_string_the_start_fails_and_says_what_to_set()
    {
        var configuration = new ConfigurationBuilder().Build();

        var failure = Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddTableStores(configuration));

        Assert.Contains("AzureWebJobsStorage", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_Azurites_connection_string_all_is_kept_in_tables()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("AzureWebJobsStorage", "UseDevelopmentStorage=true")])
            .Build();

        using var services = new ServiceCollection().AddTableStores(configuration).BuildServiceProvider();

        Assert.IsType<TableReservationStore>(services.GetRequiredService<IReservationStore>());
        Assert.IsType<TableTripDirectory>(services.GetRequiredService<ITripDirectory>());
        Assert.IsType<TableOutbox>(services.GetRequiredService<IOutbox>());
    }
}
