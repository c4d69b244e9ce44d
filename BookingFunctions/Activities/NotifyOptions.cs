namespace BookingFunctions.Activities;

/// <summary>How travelers are notified: the section <c>Notify</c>, in the environment <c>Notify__Url</c>.</summary>
public sealed class NotifyOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Notify";

    /// <summary>The operator's service that notifies travelers; null to keep the messages in the outbox.</summary>
    public Uri? Url { get; set; }

    /// <summary>Whether the address is one that can be posted to.</summary>
    public bool IsValid => Url is null || (Url.IsAbsoluteUri && Url.Scheme is "http" or "https");
}
