using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace BookingFunctions.Http;

/// <summary>Reads a request's query parameters, and collects everything that is wrong with them.</summary>
public sealed class QueryReader
{
    /// <summary>The parameter that carries a key on Azure; every call takes it.</summary>
    public const string KeyParameter = "code";

    private readonly IQueryCollection query;
    private readonly Dictionary<string, string[]> errors = new(StringComparer.Ordinal);

    /// <summary>Refuses what the call doesn't know, and what is there more than once.</summary>
    /// <param name="request">The request.</param>
    /// <param name="known">The parameters that the call takes.</param>
    public QueryReader(HttpRequest request, params string[] known)
    {
        ArgumentNullException.ThrowIfNull(request);
        query = request.Query;
        foreach (var (name, values) in query)
        {
            if (name.Equals(KeyParameter, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                errors[name] =
                [
                    known.Length == 0
                        ? "This call takes no parameters."
                        : $"'{name}' is not a parameter of this call: there are {string.Join(", ", known)}.",
                ];
            }
            else if (values.Count > 1)
            {
                errors[name] = [$"'{name}' is there {values.Count} times: it may be there once."];
            }
        }
    }

    /// <summary>What to answer if something is wrong, or null.</summary>
    public IResult? Problem => errors.Count == 0 ? null : Problems.InvalidQuery(errors);

    /// <summary>Names a parameter that is wrong. The first rule that it breaks counts.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="rule">What it has to be, and what is wrong.</param>
    public void Refuse(string name, string rule) => errors.TryAdd(name, [rule]);

    /// <summary>Reads a text.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="maxCharacters">How many characters it may have; it has to have one.</param>
    /// <returns>The text, or null if it is missing or wrong.</returns>
    public string? Text(string name, int maxCharacters)
    {
        if (!query.TryGetValue(name, out var values) || errors.ContainsKey(name))
        {
            return null;
        }

        var text = values.ToString();
        var characters = text.EnumerateRunes().Count();
        if (characters >= 1 && characters <= maxCharacters)
        {
            return text;
        }

        Refuse(
            name,
            string.Create(
                CultureInfo.InvariantCulture, $"'{name}' has to be text of 1 to {maxCharacters} characters: it has {characters}."));
        return null;
    }

    /// <summary>Reads a whole number.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="min">The lowest.</param>
    /// <param name="max">The highest.</param>
    /// <returns>The number, or null if it is missing or wrong.</returns>
    public int? Number(string name, int min, int max)
    {
        if (Value(name) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
        {
            return number;
        }

        Refuse(name, string.Create(CultureInfo.InvariantCulture, $"'{name}' has to be a whole number from {min} to {max}."));
        return null;
    }

    /// <summary>Reads one of an enum's names, in any letter case.</summary>
    /// <typeparam name="T">The enum.</typeparam>
    /// <param name="name">The parameter.</param>
    /// <returns>The value, or null if it is missing or wrong.</returns>
    public T? Choice<T>(string name)
        where T : struct, Enum
    {
        if (Value(name) is not { } text)
        {
            return null;
        }

        foreach (var value in Enum.GetValues<T>())
        {
            if (text.Equals(value.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        Refuse(name, $"'{name}' has to be one of {string.Join(", ", Enum.GetNames<T>())}.");
        return null;
    }

    /// <summary>Reads a time as RFC 3339 writes it.</summary>
    /// <param name="name">The parameter.</param>
    /// <returns>The time, or null if it is missing or wrong.</returns>
    public DateTimeOffset? Time(string name)
    {
        if (Value(name) is not { } text)
        {
            return null;
        }

        if (Rfc3339.Parse(text) is { } time)
        {
            return time;
        }

        Refuse(name, $"'{name}' has to be a time as in RFC 3339, such as 2026-03-01T09:30:00Z; a + in it is written %2B.");
        return null;
    }

    // An invalid value of another kind is not shown again: it may be long, and is none of these anyway.
    private string? Value(string name) =>
        query.TryGetValue(name, out var values) && !errors.ContainsKey(name) ? values.ToString() : null;
}
