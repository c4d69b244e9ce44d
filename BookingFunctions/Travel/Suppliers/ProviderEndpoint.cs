namespace BookingFunctions.Travel.Suppliers;

/// <summary>Where a leg's provider is reached.</summary>
public sealed class ProviderEndpoint
{
    /// <summary>
    /// Where its <c>reservations/</c> are, such as <c>https://air.example/v1/</c>; null or empty for the built-in provider.
    /// </summary>
    public string? BaseAddress { get; set; }

    /// <summary>Sent with each call as <c>Authorization: Bearer</c>; null or empty for none.</summary>
    public string? Key { get; set; }

    /// <summary>Whether the leg is booked over HTTP.</summary>
    public bool IsRemote => !string.IsNullOrWhiteSpace(BaseAddress);

    /// <summary>The base address with the slash at its end without which a URI's last segment would be replaced.</summary>
    /// <returns>The address, or null if there is none or it is no absolute http or https URI without query and user.</returns>
    public Uri? Address()
    {
        if (!Uri.TryCreate(BaseAddress?.Trim(), UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            || uri.Query.Length + uri.Fragment.Length + uri.UserInfo.Length > 0)
        {
            return null;
        }

        return uri.AbsoluteUri.EndsWith('/') ? uri : new Uri(uri.AbsoluteUri + '/');
    }
}
