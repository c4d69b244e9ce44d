namespace BookingFunctions.Tests.Saga;

/// <summary>A failure with a message and a stack trace of a size that no status takes.</summary>
public sealed class HugeException(string text) : Exception(text)
{
    public override string StackTrace => Message;
}
