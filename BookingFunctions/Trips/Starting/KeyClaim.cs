using System.Security.Cryptography;
using System.Text;

namespace BookingFunctions.Trips.Starting;

/// <summary>What an idempotency key stands for, once a request has claimed it.</summary>
/// <param name="TripId">The trip that the first request with the key was given.</param>
/// <param name="DefaultAttempts">What a request that left out its attempts meant then.</param>
public sealed record KeyClaim(string TripId, int DefaultAttempts)
{
    /// <summary>What stands for a key in the store, which takes no key as it is.</summary>
    /// <param name="key">The key.</param>
    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
