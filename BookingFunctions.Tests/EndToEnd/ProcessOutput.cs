using System.Diagnostics;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>Collects what a process writes, line by line.</summary>
internal sealed class ProcessOutput
{
    // Enough to see what happened before a failure; a crash test's processes log a lot.
    private const int LinesKept = 400;

    private const string Greeting = "Functions listen on ";

    private readonly TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private readonly Queue<string> lines = new();
    private readonly Queue<string> errors = new();

    public ProcessOutput(Process process)
    {
        process.OutputDataReceived += (_, line) => Add(line.Data, isError: false);
        process.ErrorDataReceived += (_, line) => Add(line.Data, isError: true);
    }

    /// <summary>The address that the application says it listens on, once it does.</summary>
    public Task<Uri> Address => address.Task;

    /// <summary>The last lines of both streams, in the order in which they came.</summary>
    public string Text
    {
        get
        {
            lock (gate)
            {
                return string.Join('\n', lines);
            }
        }
    }

    /// <summary>The last lines of the error stream that aren't blank.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (gate)
            {
                return [.. errors.Where(line => !string.IsNullOrWhiteSpace(line))];
            }
        }
    }

    private void Add(string? line, bool isError)
    {
        if (line is null)
        {
            return;
        }

        if (line.StartsWith(Greeting, StringComparison.Ordinal))
        {
            address.TrySetResult(new Uri(line[Greeting.Length..]));
        }

        lock (gate)
        {
            Keep(lines, line);
            if (isError)
            {
                Keep(errors, line);
            }
        }
    }

    private static void Keep(Queue<string> lines, string line)
    {
        lines.Enqueue(line);
        if (lines.Count > LinesKept)
        {
            lines.Dequeue();
        }
    }
}
