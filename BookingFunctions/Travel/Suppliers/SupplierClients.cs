using System.Net.Http.Headers;
using BookingFunctions.Trips;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace BookingFunctions.Travel.Suppliers;

/// <summary>
/// The HTTP clients of the suppliers: one a leg to book and one to undo, each with a timeout and a circuit breaker of its
/// own, so that a supplier that can't book is still asked to undo. Retries are the orchestrator's, where they are durable.
/// </summary>
public static class SupplierClients
{
    /// <summary>The largest answer that is read: 64 KB.</summary>
    public const int MaxAnswerBytes = 64 * 1024;

    /// <summary>How many calls in <see cref="SamplingTime"/> there have to be before the circuit may break.</summary>
    public const int MinimumCalls = 20;

    /// <summary>Which part of them has to fail before it breaks.</summary>
    public const double FailureRatio = 0.5;

    /// <summary>How far back calls count.</summary>
    public static readonly TimeSpan SamplingTime = TimeSpan.FromSeconds(30);

    /// <summary>How long a supplier is left alone then.</summary>
    public static readonly TimeSpan BreakTime = TimeSpan.FromSeconds(5);

    // Before the trip's own limit cuts the call off: the circuit breaker has to see that it took too long.
    private const double PartOfTimeout = 0.9;

    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(10);

    /// <summary>The name of the client that books or undoes a leg.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="undo">Whether it undoes.</param>
    public static string Name(Leg leg, bool undo) => undo ? $"Undo{leg}" : $"Book{leg}";

    /// <summary>Registers the clients.</summary>
    /// <param name="services">Where to.</param>
    public static IServiceCollection AddSupplierClients(this IServiceCollection services)
    {
        foreach (var leg in Enum.GetValues<Leg>())
        {
            services.AddClient(leg, undo: false);
            services.AddClient(leg, undo: true);
        }

        return services;
    }

    private static void AddClient(this IServiceCollection services, Leg leg, bool undo) => services
        .AddHttpClient(Name(leg, undo), (provider, client) => Configure(client, Options<ProviderOptions>(provider).Of(leg)))
        .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            // A redirect would carry the key to another server.
            AllowAutoRedirect = false,
            UseCookies = false,

            // A connection for each undo: what is left over from another answer must never pass for "undone".
            PooledConnectionLifetime = undo ? TimeSpan.Zero : TimeSpan.FromMinutes(2),
        })
        .RemoveAllLoggers() // They write addresses, and a reservation's id has its traveler's name in it.
        .AddResilienceHandler("supplier", (pipeline, context) =>
        {
            var limit = Options<ProviderOptions>(context.ServiceProvider).Timeout * PartOfTimeout;
            pipeline.TimeProvider = context.ServiceProvider.GetRequiredService<TimeProvider>();
            pipeline
                .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
                {
                    MinimumThroughput = MinimumCalls,
                    FailureRatio = FailureRatio,
                    SamplingDuration = SamplingTime,
                    BreakDuration = BreakTime,
                })
                .AddTimeout(limit > ShortestTimeout ? limit : ShortestTimeout);
        });

    private static void Configure(HttpClient client, ProviderEndpoint endpoint)
    {
        client.BaseAddress = endpoint.Address();
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.MaxResponseContentBufferSize = MaxAnswerBytes;
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        if (!string.IsNullOrEmpty(endpoint.Key))
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", endpoint.Key);
        }
    }

    private static T Options<T>(IServiceProvider services)
        where T : class => services.GetRequiredService<IOptions<T>>().Value;
}
