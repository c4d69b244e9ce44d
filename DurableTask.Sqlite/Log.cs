using Microsoft.Extensions.Logging;

namespace DurableTask.Sqlite;

/// <summary>What the service logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning,
        "A turn of {InstanceId} was abandoned without being processed: it is tried again, with a growing delay. It is logged once.")]
    public static partial void TurnAbandoned(ILogger logger, string instanceId);

    [LoggerMessage(
        2, LogLevel.Warning, "An activity of {InstanceId} was abandoned: it is tried again, with a growing delay. It is logged once.")]
    public static partial void ActivityAbandoned(ILogger logger, string instanceId);

    [LoggerMessage(3, LogLevel.Error, "The history of {InstanceId} could not be read: it is tried again, with a growing delay.")]
    public static partial void LoadFailed(ILogger logger, string instanceId, Exception exception);

    [LoggerMessage(
        4, LogLevel.Error, "Writes fail: what was in memory is dropped, and read again from the file as soon as a write succeeds.")]
    public static partial void TransactionLost(ILogger logger);

    [LoggerMessage(5, LogLevel.Information, "Writes succeed again: {Count} open instances were read from the file.")]
    public static partial void Reloaded(ILogger logger, int count);

    [LoggerMessage(6, LogLevel.Error, "The open instances could not be read from the file: it is tried again, with a growing delay.")]
    public static partial void ReloadFailed(ILogger logger, Exception exception);

    [LoggerMessage(
        7, LogLevel.Error, "A row of an activity that has run could not be removed: the activity runs again after the next start.")]
    public static partial void RemovalFailed(ILogger logger, Exception exception);

    [LoggerMessage(9, LogLevel.Warning, "A work item failed, and is tried again with a growing delay.")]
    public static partial void WorkItemFailed(ILogger logger, Exception exception);
}
