namespace Supplier;

/// <summary>The commands to misbehave that are still to be obeyed, the oldest first.</summary>
public sealed class Commands
{
    private readonly Lock gate = new();
    private readonly List<Misbehaviour> commands = [];

    /// <summary>Takes a command.</summary>
    /// <param name="command">What to do, and how often.</param>
    public void Add(Misbehaviour command)
    {
        lock (gate)
        {
            commands.Add(command);
        }
    }

    /// <summary>Forgets all commands.</summary>
    public void Clear()
    {
        lock (gate)
        {
            commands.Clear();
        }
    }

    /// <summary>What to do in a call, if anything: one time less is left then.</summary>
    /// <param name="method">The call's method.</param>
    /// <param name="reservation">The reservation's id.</param>
    public Misbehaviour? Next(string method, string reservation)
    {
        lock (gate)
        {
            var index = commands.FindIndex(command => Concerns(command, method, reservation));
            if (index < 0)
            {
                return null;
            }

            var command = commands[index];
            if (command.Times > 1)
            {
                commands[index] = command with { Times = command.Times - 1 };
            }
            else
            {
                commands.RemoveAt(index);
            }

            return command;
        }
    }

    private static bool Concerns(Misbehaviour command, string method, string reservation) =>
        string.Equals(command.Method, method, StringComparison.OrdinalIgnoreCase)
        && reservation.StartsWith(command.Reservation ?? "", StringComparison.Ordinal);
}
