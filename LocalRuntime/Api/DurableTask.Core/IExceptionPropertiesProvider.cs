namespace DurableTask.Core;

/// <summary>Says what else is to be kept of an exception. Register one as a service to have it asked for every failure.</summary>
public interface IExceptionPropertiesProvider
{
    /// <summary>Gives what is to be kept.</summary>
    /// <param name="exception">The exception.</param>
    /// <returns>Names and values, which are written as JSON; null for nothing.</returns>
    IDictionary<string, object?>? GetExceptionProperties(Exception exception);
}
