namespace DurableTask.Core.Exceptions;

/// <summary>An orchestrator's code does not do what its history says it did.</summary>
public class NonDeterministicOrchestrationException : Exception
{
    /// <summary>Makes an exception.</summary>
    public NonDeterministicOrchestrationException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What diverged.</param>
    public NonDeterministicOrchestrationException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What diverged.</param>
    /// <param name="innerException">The cause.</param>
    public NonDeterministicOrchestrationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
