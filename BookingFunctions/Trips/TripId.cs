using System.Security.Cryptography;
using System.Text;

namespace BookingFunctions.Trips;

/// <summary>
/// Instance ids made for people, such as <c>alice-jones-7k2m9q4tx8</c>: the traveler's name, and ten random characters of
/// Crockford's base 32, which leaves out what is easily misread.
/// </summary>
public static class TripId
{
    /// <summary>The characters that the random part is drawn from.</summary>
    public const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>How long the random part is.</summary>
    public const int RandomLength = 10;

    /// <summary>How long the part made of the name is at most.</summary>
    public const int MaxSlugLength = 40;

    // Azure Storage, as a backend, takes instance ids of up to 100 characters.
    private const int MaxLength = 100;

    // The runtime's own Unicode tables are absent where the app runs with invariant globalization.
    private const string Accented = "àáâãäåāăąçćčďđèéêëēęěğìíîïīįıłñńňòóôõöøōőřśšşșťţțùúûüūůűýÿźżžð";
    private const string Plain = "aaaaaaaaacccddeeeeeeegiiiiiiilnnnoooooooorssssttttuuuuuuuyyzzzd";

    private static readonly Dictionary<char, string> Letters = Accented.Zip(Plain, (accented, plain) => (accented, plain.ToString()))
        .Append(('ß', "ss")).Append(('æ', "ae")).Append(('œ', "oe")).Append(('þ', "th"))
        .ToDictionary();

    /// <summary>Makes an id that, in all likelihood, no other trip has.</summary>
    /// <param name="name">The traveler's name, as written.</param>
    public static string Create(string name) => $"{Slug(name)}-{RandomNumberGenerator.GetString(Alphabet, RandomLength)}";

    /// <summary>
    /// What the log calls a trip, or an orchestration that belongs to it: the random end of its id, without the traveler's name.
    /// </summary>
    /// <param name="id">An orchestration's id, of whatever origin.</param>
    /// <returns>The end; for an id that none was drawn for, something that the same id is always called.</returns>
    public static string InLogs(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var end = id.Split('~')[0];
        var (name, random) = (end.Length - RandomLength - 1, end[Math.Max(0, end.Length - RandomLength)..]);
        return name >= 0 && end[name] == '-' && random.All(Alphabet.Contains)
            ? id[(name + 1)..]
            : $"#{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..RandomLength]}";
    }

    /// <summary>Whether a text can be an instance's id at all.</summary>
    /// <param name="id">The text.</param>
    public static bool IsPossible(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.Length is > 0 and <= MaxLength && id[0] != '@' && !id.Any(c => c is '/' or '\\' or '#' or '?' || char.IsControl(c));
    }

    /// <summary>Spells a name in small ASCII letters, digits and single hyphens.</summary>
    /// <param name="name">The name.</param>
    /// <returns>At most 40 characters, with no hyphen at either end; <c>trip</c> if nothing is left of the name.</returns>
    public static string Slug(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var slug = new StringBuilder();
        foreach (var letter in name.Select(char.ToLowerInvariant))
        {
            if (char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter))
            {
                slug.Append(letter);
            }
            else if (Letters.TryGetValue(letter, out var plain))
            {
                slug.Append(plain);
            }
            else if (letter is not ('\'' or '’' or '.') && slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }

            if (slug.Length >= MaxSlugLength)
            {
                break;
            }
        }

        slug.Length = Math.Min(slug.Length, MaxSlugLength);
        return slug.ToString().Trim('-') is { Length: > 0 } text ? text : "trip";
    }
}
