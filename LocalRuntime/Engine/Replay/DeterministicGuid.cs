using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LocalRuntime.Engine.Replay;

/// <summary>Ids that look random and are the same in every replay.</summary>
internal static class DeterministicGuid
{
    /// <summary>A version 8 UUID (RFC 9562) from a hash of what identifies the call.</summary>
    public static Guid Create(string instanceId, string executionId, int counter)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{instanceId}\n{executionId}\n{counter}");
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
