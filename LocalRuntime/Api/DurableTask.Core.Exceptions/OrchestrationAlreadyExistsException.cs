namespace DurableTask.Core.Exceptions;

/// <summary>An instance can't be started because its id is taken.</summary>
public class OrchestrationAlreadyExistsException : Exception
{
    /// <summary>Makes an exception.</summary>
    public OrchestrationAlreadyExistsException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">Which id is taken.</param>
    public OrchestrationAlreadyExistsException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">Which id is taken.</param>
    /// <param name="innerException">The cause.</param>
    public OrchestrationAlreadyExistsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
