using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Tests.LocalFunctionsHost.Http;

/// <summary>An instance class: made for each call, from the services of that call.</summary>
public sealed class ServiceFunctions(CallCounter counter) : IDisposable
{
    private static int disposed;
    private int calls;

    public static int Disposed => disposed;

    [Function("Count")]
    public string Count([HttpTrigger("get", Route = "count")] HttpRequest request, FunctionContext context)
    {
        calls++;
        var same = ReferenceEquals(counter, context.InstanceServices.GetRequiredService<CallCounter>());
        return $"{counter.Number} {calls} {same} {counter.IsDisposed}";
    }

    public void Dispose() => Interlocked.Increment(ref disposed);
}
