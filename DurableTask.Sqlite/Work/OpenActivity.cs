using DurableTask.Core;

namespace DurableTask.Sqlite.Work;

/// <summary>An activity whose outcome isn't known yet.</summary>
/// <param name="instance">The instance that waits for the outcome; null if none does.</param>
/// <param name="message">The activity's message.</param>
internal sealed class OpenActivity(OpenInstance? instance, TaskMessage message)
{
    /// <summary>The instance that waits for the outcome; null for an activity of a former execution or of an ended instance.</summary>
    public OpenInstance? Instance { get; private set; } = instance;

    /// <summary>The activity's message.</summary>
    public TaskMessage Message { get; } = message;

    /// <summary>Its row, if it has one.</summary>
    public long? Row { get; private set; }

    /// <summary>Whether the outcome is known.</summary>
    public bool HasRun { get; set; }

    /// <summary>How often it was abandoned in a row.</summary>
    public int Attempts { get; set; }

    /// <summary>Lets it run to its end though its outcome is of no use any more.</summary>
    /// <param name="row">The row that keeps it.</param>
    public void Detach(long row)
    {
        Instance = null;
        Row = row;
    }
}
