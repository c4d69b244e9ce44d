using Microsoft.Extensions.Logging;

namespace LocalFunctionsHost.Worker;

/// <summary>What is logged of functions: types of failures, but no texts, which may have been made by a supplier.</summary>
/// <param name="logger">Where to.</param>
/// <param name="nameInLogs">What an instance is called, made of its id.</param>
internal sealed partial class FunctionLog(ILogger logger, Func<string, string> nameInLogs)
{
    public void ActivityFailed(string activity, string instanceId, Exception exception)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            var (instance, type) = (nameInLogs(instanceId), exception.GetType().ToString());
            LogFailed(activity, instance, type);
            if (Failures.CanBeRead(exception))
            {
                LogFailure(exception, activity, instance);
            }
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "The activity '{Activity}' of '{Instance}' failed: {Type}")]
    private partial void LogFailed(string activity, string instance, string type);

    [LoggerMessage(EventId = 2, Level = LogLevel.Debug, Message = "The activity '{Activity}' of '{Instance}' failed.")]
    private partial void LogFailure(Exception exception, string activity, string instance);
}
