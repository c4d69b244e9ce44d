using Microsoft.Extensions.Logging;

namespace LocalFunctionsHost.Worker;

/// <summary>The framework's logs, with instances named as the app wants, and without the texts of failed functions.</summary>
/// <param name="inner">Where the logs go.</param>
/// <param name="nameInLogs">What an instance is called, made of its id.</param>
public sealed class FrameworkLoggerFactory(ILoggerFactory inner, Func<string, string> nameInLogs) : ILoggerFactory
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new FrameworkLogger(inner.CreateLogger(categoryName), nameInLogs);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    // The inner one belongs to the app's services.
    void IDisposable.Dispose()
    {
    }

    private sealed class FrameworkLogger(ILogger inner, Func<string, string> nameInLogs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // The framework logs at every step: what isn't wanted must cost nothing, not even the closure of the lambdas.
            if (inner.IsEnabled(logLevel))
            {
                LogEnabled(logLevel, eventId, state, exception, formatter);
            }
        }

        private void LogEnabled<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (state is not IReadOnlyDictionary<string, object?> fields)
            {
                LogMessage(logLevel, eventId, state, exception, formatter);
                return;
            }

            var shown = fields.Select(field => KeyValuePair.Create(field.Key, Show(field, fields, logLevel)))
                .Where(field => field.Value is not null).ToList();
            inner.Log(logLevel, eventId, shown, null, (values, _) =>
                $"{eventId.Name}: {string.Join(", ", values.Select(field => $"{field.Key} {field.Value}"))}");
        }

        // What isn't the framework's own kind of entry but a message with values, as the backends log.
        private void LogMessage<TState>(
            LogLevel level, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (state is not IReadOnlyList<KeyValuePair<string, object?>> values)
            {
                inner.Log(level, eventId, state, exception, formatter);
                return;
            }

            var text = WithoutIds(formatter(state, exception), values);
            var shown = values.Select(value =>
                value is { Value: string id } && IsInstanceId(value.Key) ? new(value.Key, nameInLogs(id)) : value).ToList();
            inner.Log(level, eventId, shown, exception, (_, _) => text);
        }

        private object? Show(KeyValuePair<string, object?> field, IReadOnlyDictionary<string, object?> fields, LogLevel level) =>
            field switch
            {
                { Value: null or "" } => null,
                { Value: string id } when IsInstanceId(field.Key) => nameInLogs(id),

                // Below a warning, details are the failure of a function; from there on, they are the storage's.
                { Key: "Details", Value: string text } => level < LogLevel.Warning ? null : WithoutIds(text, fields),
                _ => field.Value,
            };

        private string WithoutIds(string text, IEnumerable<KeyValuePair<string, object?>> fields) => fields
            .Where(field => IsInstanceId(field.Key) && field.Value is string { Length: > 0 })
            .Select(field => (string)field.Value!)
            .Aggregate(text, (rest, id) => rest.Replace(id, nameInLogs(id), StringComparison.Ordinal));

        private static bool IsInstanceId(string key) => key.EndsWith("InstanceId", StringComparison.Ordinal) || key == "WorkItemId";
    }
}
