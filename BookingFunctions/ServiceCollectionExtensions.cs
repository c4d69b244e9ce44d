using BookingFunctions.Activities;
using BookingFunctions.Http;
using BookingFunctions.Http.Deciding;
using BookingFunctions.Http.Reading;
using BookingFunctions.Http.Starting;
using BookingFunctions.Telemetry;
using BookingFunctions.Travel;
using BookingFunctions.Travel.Suppliers;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Deciding;
using BookingFunctions.Trips.Listing;
using BookingFunctions.Trips.Reading;
using BookingFunctions.Trips.Starting;
using FluentValidation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BookingFunctions;

/// <summary>Registers what the functions need, on whichever host.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Registers the app's services, but for those that keep things (the folder Storage), which depend on the host.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">Has the section <see cref="SagaOptions.Section"/>. Wrong settings fail the start.</param>
    public static IServiceCollection AddBookingFunctions(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<SagaOptions>().Bind(configuration.GetSection(SagaOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SagaOptions>, SagaOptionsValidator>();
        services.AddOptions<EventStreamOptions>().Bind(configuration.GetSection(EventStreamOptions.Section))
            .Validate(events => events.IsValid, "Events__MaxDuration has to be a time such as 00:20:00, above zero and at most a day.")
            .ValidateOnStart();
        services.AddSingleton<IValidator<TripBody>, TripBodyValidator>();
        services.AddSingleton<IValidator<CancelBody>, CancelBodyValidator>();
        services.AddSingleton<IValidator<UndoBody>, UndoBodyValidator>();
        services.AddOptions<NotifyOptions>().Bind(configuration.GetSection(NotifyOptions.Section)).ValidateOnStart()
            .Validate(options => options.IsValid, "Notify__Url has to be an absolute http or https address.");
        services.AddHttpClient<TravelerNotifier>(
                (provider, http) => http.Timeout = provider.GetRequiredService<IOptions<ProviderOptions>>().Value.Timeout)
            .RemoveAllLoggers(); // They write the address, which may carry a key.
        services.AddTravelProviders(configuration);
        services.AddTripTelemetry();
        services.AddSingleton<ProviderTelemetry>();
        services.AddSingleton<ProviderInvoker>();
        services.AddSingleton<TripRecorder>();
        services.AddSingleton<TripOrderReader>();
        services.AddSingleton(new Caller(configuration));
        services.AddSingleton<TripReader>();
        services.AddSingleton<UndecidedTrips>();
        services.AddSingleton<TripStarter>();
        services.AddSingleton<TripWaiters>();
        services.AddSingleton<DecisionWait>();
        services.AddSingleton<UndoDecider>();
        services.AddSingleton<Sweeper>();
        services.TryAddSingleton(TimeProvider.System);

        // Problem documents say by which trace the request is found.
        services.AddProblemDetails();
        return services;
    }
}
