// The analyzers know neither ValueTask, nor activities without input, nor null for a default.
#pragma warning disable DURABLE2001, DURABLE2002

using System.Globalization;
using BookingFunctions.Tests.LocalFunctionsHost.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BookingFunctions.Tests.LocalFunctionsHost.Functions;

/// <summary>Orchestrators and activities with every kind of parameter and result.</summary>
public sealed class DurableFunctions(CallCounter counter)
{
    [Function("WithInput")]
    public static async Task<string> WithInputAsync(
        [OrchestrationTrigger] TaskOrchestrationContext context, Parcel parcel, FunctionContext function)
    {
        var sameInput = context.GetInput<Parcel>() == parcel;
        var doubled = await context.CallActivityAsync<Parcel>("Double", parcel);
        return $"{doubled.To} {doubled.Weight} {sameInput} {Guid.TryParse(function.InvocationId, out _)}";
    }

    [Function("WithoutParameter")]
    public static string WithoutParameter([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.GetInput<Parcel>()?.To ?? "none";

    [Function("CallsAll")]
    public static async Task<IReadOnlyList<string>> CallsAllAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var answers = new List<string>
        {
            await context.CallActivityAsync<string>("Describe", 7),
            await context.CallActivityAsync<string>("FromContext"),
            await context.CallActivityAsync<int?>("Default") is { } number ? number.ToString(CultureInfo.InvariantCulture) : "null",
            await context.CallActivityAsync<string>("Counted", "x"),
        };
        await context.CallActivityAsync("Void", "x");
        await context.CallActivityAsync("Plain", "x");
        return answers;
    }

    [Function("Double")]
    public static ValueTask<Parcel> TwiceAsync([ActivityTrigger] Parcel parcel) =>
        ValueTask.FromResult(parcel with { Weight = parcel.Weight * 2 });

    [Function("Describe")]
    public static async Task<string> DescribeAsync(
        [ActivityTrigger] int number,
        string instanceId,
        TaskActivityContext context,
        FunctionContext function,
        CancellationToken cancellation)
    {
        await Task.Delay(1, cancellation);
        return $"{number} {instanceId} {context.Name} {context.InstanceId == instanceId} {function.CancellationToken == cancellation}";
    }

    [Function("FromContext")]
    public static string FromContext([ActivityTrigger] TaskActivityContext context) => context.Name;

    [Function("Default")]
    public static int Default([ActivityTrigger] int number) => number;

    [Function("Void")]
    public static void Void([ActivityTrigger] string text) => ArgumentNullException.ThrowIfNull(text);

    [Function("Plain")]
    public static Task Plain([ActivityTrigger] string text) => Task.FromResult(text);

    [Function("Counted")]
    public string Counted([ActivityTrigger] string text) => $"{counter.Number > 0} {counter.IsDisposed} {text}";
}
