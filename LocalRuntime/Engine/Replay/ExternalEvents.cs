namespace LocalRuntime.Engine.Replay;

/// <summary>
/// The external events of one execution. The last one to wait for a name gets the event first, and an event that comes
/// before anyone waits is kept, as upstream's TaskOrchestrationContextWrapper does; names are compared without case.
/// </summary>
internal sealed class ExternalEvents
{
    private readonly Dictionary<string, List<Waiter>> waiters = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Name, string? Input)> buffered = [];

    /// <summary>How many wait for an event.</summary>
    public int WaiterCount => waiters.Sum(entry => entry.Value.Count);

    /// <summary>Waits for an event.</summary>
    /// <exception cref="ArgumentException">Somebody waits for the same name with another type.</exception>
    public Task<string?> WaitAsync(string name, Type type, Action<Action> onPump, CancellationToken cancellation)
    {
        if (waiters.TryGetValue(name, out var others) && others.Count > 0 && others[^1].Type != type)
        {
            throw new ArgumentException(
                $"Events with the same name must have the same type: '{name}' is waited for as {others[^1].Type.FullName}"
                + $" and now as {type.FullName}.",
                nameof(type));
        }

        if (cancellation.IsCancellationRequested)
        {
            return Task.FromCanceled<string?>(cancellation);
        }

        var index = buffered.FindIndex(entry => string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase));
        if (index >= 0)
        {
            var input = buffered[index].Input;
            buffered.RemoveAt(index);
            return Task.FromResult(input);
        }

        var waiter = new Waiter(type);
        if (others is null)
        {
            waiters[name] = others = [];
        }

        others.Add(waiter);
        if (cancellation.CanBeCanceled)
        {
            cancellation.Register(() => onPump(() =>
            {
                if (others.Remove(waiter))
                {
                    waiter.Source.TrySetCanceled(cancellation);
                }
            }));
        }

        return waiter.Source.Task;
    }

    /// <summary>Gives an event to the one who waits for it, or keeps it.</summary>
    public void Raise(string name, string? input)
    {
        if (waiters.TryGetValue(name, out var waiting) && waiting.Count > 0)
        {
            var waiter = waiting[^1];
            waiting.RemoveAt(waiting.Count - 1);
            waiter.Source.SetResult(input);
            return;
        }

        buffered.Add((name, input));
    }

    /// <summary>Takes the events that nobody has waited for.</summary>
    public IReadOnlyList<(string Name, string? Input)> TakeBuffered()
    {
        var taken = buffered.ToArray();
        buffered.Clear();
        return taken;
    }

    private sealed class Waiter(Type type)
    {
        public Type Type { get; } = type;

        public TaskCompletionSource<string?> Source { get; } = new();
    }
}
