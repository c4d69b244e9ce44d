namespace LocalFunctionsHost.Http;

/// <summary>A request doesn't fit the function that it is for.</summary>
/// <param name="status">The HTTP status to answer.</param>
/// <param name="message">What is wrong, for the caller.</param>
/// <param name="inner">The cause, or null.</param>
internal sealed class BadRequestException(int status, string message, Exception? inner = null) : Exception(message, inner)
{
    public int Status => status;
}
