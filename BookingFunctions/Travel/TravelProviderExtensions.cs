using BookingFunctions.Travel.Suppliers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BookingFunctions.Travel;

/// <summary>Registers the providers of the legs.</summary>
public static class TravelProviderExtensions
{
    /// <summary>Registers the built-in provider, and the suppliers that are reached over HTTP.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">
    /// Has the sections <see cref="InventoryOptions.Section"/>, <see cref="DemoOptions.Section"/> and
    /// <see cref="ProviderOptions.Section"/>. Wrong settings fail the start.
    /// </param>
    public static IServiceCollection AddTravelProviders(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<InventoryOptions>().Bind(configuration.GetSection(InventoryOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<InventoryOptions>, InventoryOptionsValidator>();
        services.AddOptions<DemoOptions>().Bind(configuration.GetSection(DemoOptions.Section));
        services.AddOptions<ProviderOptions>().Bind(configuration.GetSection(ProviderOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ProviderOptions>, ProviderOptionsValidator>();
        services.AddSupplierClients();
        services.AddSingleton<BuiltInTravelProvider>();
        services.AddSingleton<HttpTravelProvider>();
        return services.AddSingleton<ITravelProvider, LegProviders>();
    }
}
