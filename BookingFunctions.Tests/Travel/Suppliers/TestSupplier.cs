using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Supplier;

namespace BookingFunctions.Tests.Travel.Suppliers;

/// <summary>The sample supplier in this process, on a port of its own.</summary>
internal sealed class TestSupplier : IAsyncDisposable
{
    private readonly WebApplication app;
    private int calls;
    private int callsInProgress;
    private readonly ConcurrentQueue<(string Parent, string State)> traces = new();

    private TestSupplier(string[] args)
    {
        app = SupplierApp.Build(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "None", .. args]);
        app.Use(async (http, next) =>
        {
            Interlocked.Increment(ref calls);
            traces.Enqueue((http.Request.Headers.TraceParent.ToString(), http.Request.Headers.TraceState.ToString()));
            Interlocked.Increment(ref callsInProgress);
            try
            {
                await next(http);
            }
            finally
            {
                Interlocked.Decrement(ref callsInProgress);
            }
        });
    }

    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>How many calls it got.</summary>
    public int Calls => calls;

    /// <summary>
    /// The <c>traceparent</c> and <c>tracestate</c> of each call, in the order in which they came; empty where there was none.
    /// </summary>
    public IReadOnlyList<(string Parent, string State)> Traces => [.. traces];

    /// <summary>What it has ever booked or undone.</summary>
    public IReadOnlyList<Reservation> All => app.Services.GetRequiredService<Ledger>().All;

    /// <summary>What it holds.</summary>
    public IReadOnlyList<Reservation> Held => [.. All.Where(reservation => !reservation.IsUndone)];

    public static async Task<TestSupplier> StartAsync(params string[] args)
    {
        var supplier = new TestSupplier(args);
        await supplier.app.StartAsync();
        return supplier;
    }

    public void Misbehave(Misbehaviour how) => app.Services.GetRequiredService<Commands>().Add(how);

    public void Behave() => app.Services.GetRequiredService<Commands>().Clear();

    /// <summary>Waits until it has done what it was asked for, whether somebody still waits for the answer or not.</summary>
    public async Task QuietAsync()
    {
        while (Volatile.Read(ref callsInProgress) > 0)
        {
            await Task.Delay(10);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await QuietAsync();
        await app.DisposeAsync();
    }
}
