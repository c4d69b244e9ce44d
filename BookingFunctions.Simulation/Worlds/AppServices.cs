using System.Diagnostics.Metrics;
using System.Text.Json;
using BookingFunctions.Activities;
using BookingFunctions.Http;
using BookingFunctions.Http.Deciding;
using BookingFunctions.Http.Starting;
using BookingFunctions.Local.Storage;
using BookingFunctions.Storage;
using BookingFunctions.Travel;
using BookingFunctions.Travel.Suppliers;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Deciding;
using BookingFunctions.Trips.Listing;
using BookingFunctions.Trips.Reading;
using BookingFunctions.Trips.Starting;
using DurableTask.Sqlite.Storage;
using FluentValidation;
using LocalFunctionsHost.Client;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BookingFunctions.Simulation.Worlds;

/// <summary>
/// The services of one process. A container would be built, and compiled on the thread pool, once a process: thousands of
/// processes can do with a table.
/// </summary>
internal sealed class AppServices : IServiceProvider, IServiceScopeFactory, IServiceScope
{
    // Never called: without an address, messages go to the outbox.
    private static readonly HttpClient Http = new();

    // Not exported.
    private static readonly Meter Meter = new(TripTelemetry.Name);
    private static readonly TripTelemetry Telemetry = new(Meter, NullLogger<TripTelemetry>.Instance);
    private static readonly ProviderTelemetry CallTelemetry = new(Meter);

    // Nothing in these belongs to a process.
    private static readonly TripOrderReader Orders = new(new TripBodyValidator());
    private static readonly CancelBodyValidator CancelRules = new();
    private static readonly UndoBodyValidator UndoRules = new();
    private static readonly Caller AnyCaller = new(new ConfigurationBuilder().Build());

    private readonly Dictionary<Type, object> services = [];

    public IServiceProvider ServiceProvider => this;

    public static AppServices Create(
        World world,
        SimulatedProcess process,
        SqliteDatabase database,
        FunctionsClientSource clients,
        IOneStepStart? oneStep,
        AppVersion version)
    {
        var reservations = new SqliteReservationStore(database);
        var options = Options.Create(new SagaOptions
        {
            Attempts = version.Attempts,
            UndoAttempts = version.UndoAttempts,
            FirstRetryInterval = version.FirstInterval,
            FirstUndoRetryInterval = version.FirstInterval,
        });
        var demo = new DemoOptions { HotelBugFixed = version.HotelBugFixed, HotelUndoFixed = version.HotelUndoFixed };
        var builtIn = new BuiltInTravelProvider(reservations, Options.Create(world.Inventory), Options.Create(demo), process.Clock);
        var provider = new UnreliableProvider(builtIn, world, process);
        var directory = new SqliteTripDirectory(database);
        var all = new AppServices();
        all.services[typeof(ProviderInvoker)] = new ProviderInvoker(
            provider, Options.Create(new ProviderOptions()), process.Clock, CallTelemetry);
        all.services[typeof(TripTelemetry)] = Telemetry;
        all.services[typeof(ITripDirectory)] = directory;
        all.services[typeof(IReservationStore)] = reservations;
        var trips = new TripReader(directory, process.Clock);
        all.services[typeof(TripReader)] = trips;
        TripWaiters waiters = new();
        all.services[typeof(TripRecorder)] = new TripRecorder(directory, waiters, Telemetry);
        all.services[typeof(DecisionWait)] = new DecisionWait(directory, waiters, trips, process.Clock);
        var starter = new TripStarter(
            directory,
            options,
            process.Clock,
            Telemetry,
            oneStep)
        {
            NewId = world.NewTripId,
        };
        all.services[typeof(TripStarter)] = starter;
        var decisions = new SqliteUndoDecisions(database);
        var decider = new UndoDecider(decisions, trips);
        all.services[typeof(UndoDecider)] = decider;
        all.services[typeof(Sweeper)] = new Sweeper(
            directory, decisions, starter, decider, process.Clock, new Logger<Sweeper>(new ErrorLog(world)));
        all.services[typeof(TripOrderReader)] = Orders;
        all.services[typeof(IValidator<CancelBody>)] = CancelRules;
        all.services[typeof(IValidator<UndoBody>)] = UndoRules;
        all.services[typeof(Caller)] = AnyCaller;
        all.services[typeof(IOptions<SagaOptions>)] = options;
        all.services[typeof(TimeProvider)] = process.Clock;
        var outbox = new SqliteOutbox(database);
        all.services[typeof(IOutbox)] = outbox;
        all.services[typeof(TravelerNotifier)] = new TravelerNotifier(outbox, Options.Create(new NotifyOptions()), Http);
        all.services[typeof(ILoggerFactory)] = NullLoggerFactory.Instance;
        all.services[typeof(ILogger<NotifyTraveler>)] = NullLogger<NotifyTraveler>.Instance;
        all.services[typeof(UnreliableWork)] = new UnreliableWork(world, process);
        all.services[typeof(CodeVersion)] = new CodeVersion(version.Code);
        all.services[typeof(DurableTaskClient)] = process.Client;
        all.services[typeof(FunctionsClientSource)] = clients;
        foreach (var type in (ReadOnlySpan<Type>)[typeof(IOptions<DurableTaskWorkerOptions>), typeof(IOptions<JsonSerializerOptions>)])
        {
            all.services[type] = AppFunctions.Worker.GetRequiredService(type);
        }

        all.services[typeof(IServiceScopeFactory)] = all;
        return all;
    }

    public object? GetService(Type serviceType) => services.GetValueOrDefault(serviceType);

    public IServiceScope CreateScope() => this;

    public void Dispose()
    {
    }
}
