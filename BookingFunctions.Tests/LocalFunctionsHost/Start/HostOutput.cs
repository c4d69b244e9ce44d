namespace BookingFunctions.Tests.LocalFunctionsHost.Start;

/// <summary>What a host prints; its first line ends the wait for it.</summary>
internal sealed class HostOutput : StringWriter
{
    private readonly TaskCompletionSource printed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Printed => printed.Task;

    public override async Task WriteLineAsync(string? value)
    {
        await base.WriteLineAsync(value);
        printed.TrySetResult();
    }
}
