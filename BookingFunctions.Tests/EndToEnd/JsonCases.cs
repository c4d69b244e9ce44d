using System.Text;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>Bodies that have made JSON parsers fail, crash, or disagree.</summary>
internal static class JsonCases
{
    /// <summary>All of them, of which some are JSON.</summary>
    public static IReadOnlyList<byte[]> All { get; } =
    [
        .. Texts.Select(Encoding.UTF8.GetBytes),

        // Bytes that are not UTF-8: alone, cut off, overlong, a surrogate's, above U+10FFFF.
        .. new byte[][]
            {
                [0xff], [0xc3], [0xc3, 0x28], [0xc0, 0xaf], [0xe0, 0x80, 0xaf], [0xe2, 0x82], [0xed, 0xa0, 0x80],
                [0xf4, 0xbf, 0xbf, 0xbf], [0xf0, 0x9f, 0xa7],
            }
            .SelectMany(bytes => new byte[][]
            {
                bytes, [(byte)'"', .. bytes, (byte)'"'], [.. "{\""u8, .. bytes, .. "\":1}"u8],
                [.. "{\"reason\":\""u8, .. bytes, .. "\"}"u8],
            }),

        // Other encodings, with and without their marks.
        .. new[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, Encoding.Latin1 }
            .SelectMany(encoding => new byte[][]
            {
                encoding.GetBytes("[\"é\"]"), [.. encoding.GetPreamble(), .. encoding.GetBytes("{\"reason\":\"é\"}")],
            }),
        [.. Encoding.UTF8.Preamble],
        [.. Encoding.UTF8.Preamble, .. "{\"reason\":\"é\"}"u8],
        [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.Preamble, .. "{}"u8],
        [0], [.. "{}"u8, 0], [0, .. "{}"u8],
    ];

    private static IEnumerable<int> Depths => [16, 60, 61, 62, 63, 64, 65, 128, 10_000];

    private static IEnumerable<string> Halves =>
    [
        "\\ud800", "\\udc00", "\\uDBFF\\uD800", "\\ud83e\\u0041", "\\ud83e\\\\udDF3", "\\udDF3\\ud83e", "a\\ud800", "\\ud800a",
        "\\ud800\\n", "\\ud83e\\uddf3\\ud83e",
    ];

    private static IEnumerable<string> Texts =>
    [
        // Nothing, white space that JSON has, and white space that it hasn't.
        "", " ", "\t\r\n", "\f", "\u00a0", "\u2060[]", " [] ", "\u3000{}",

        // Scalars.
        "null", "true", "false", "nul", "True", "NULL", "undefined", "NaN", "Infinity", "-Infinity",
        "\"\"", "\"text\"", "'text'", "\"open", "\"\\", "text",

        // Numbers.
        "0", "-0", "-", "+1", "01", "-01", "1.", ".5", "-.5", "1e", "1e+", "1E400", "-1e-400", "1e99999999999",
        "0x1F", "1_000", "1 000", "\uff11", "2147483648", "1e1.5",
        "123456789012345678901234567890", "0." + new string('1', 400), new string('9', 5000), "-" + new string('9', 400) + "e-400",

        // Escapes, control characters, and what can't be stored everywhere.
        "\"\\u0000\"", "\"\\u0001\\u001f\\u007f\"", "\"\0\"", "\"\u0001\"", "\"\n\"", "\"\\a\"", "\"\\x00\"", "\"\\u12\"", "\"\\uqqqq\"",
        "\"\\U0001F9F3\"", "\"\\ufffe\\uffff\"", "\"\uffff\ufdd0\"", "\"\\ufeff\"", "\"\\u2028\u2029\"", "\"\u202etrip\"",
        "\"\U0001f9f3\U0010ffff\"", "\"</script><!--\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "[\"a\\\u0000b\"]",

        // Halves of surrogate pairs, as texts and as names.
        .. Halves
            .SelectMany(half => new[]
            {
                $"\"{half}\"", $"[\"{half}\"]", $"{{\"{half}\":1}}", $"{{\"reason\":\"{half}\"}}", $"{{\"action\":\"{half}\"}}",
                $"{{\"action\":\"skip\",\"note\":\"{half}\"}}", $"{{\"condition\":\"{half}\"}}",
            }),

        // Arrays and objects.
        "[]", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1;2]", "[1:2]", "[]]", "[[]", "[][]", "[}",
        "{}", "{", "}", "{]", "{}}", "{} {}", "{},", "{1:1}", "{a:1}", "{'a':1}", "{\"a\"}", "{\"a\":}",
        "{\"a\":1,}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "{\"a\":1,,\"b\":2}", "{:1}", "{\"a\"::1}", "{\"\":1}", "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}", "{\"reason\":\"a\",\"reason\":\"b\"}", "{\"reason\":\"a\",\"REASON\":\"b\"}",
        "{\"__proto__\":{}}", "{\"$type\":\"System.IO.FileInfo\"}", "{\"$id\":\"1\",\"$ref\":\"1\"}", "{\"$values\":[]}",
        "{\"reason\":null}", "{\"reason\":{}}", "{\"reason\":[\"a\"]}", "{\"reason\":1e999}",

        // Comments, and other languages.
        "// comment\n{}", "/* comment */{}", "{}// comment", "# comment", "<trip/>", "a: 1", "a=1&b=2", "--boundary", "\u001f\u008b\b",

        // Deep, just below the limits of parsers and above them; closed and open.
        .. Depths
            .SelectMany(depth => new[]
            {
                new string('[', depth) + new string(']', depth),
                Nested(depth) + "1" + new string('}', depth),
                new string('[', depth),
                Nested(depth),
            }),

        // Long and wide.
        $"\"{new string('x', 30_000)}\"",
        $"\"{string.Concat(Enumerable.Repeat("\\u0000", 5_000))}\"",
        $"[{string.Join(',', Enumerable.Range(0, 10_000))}]",
        $"{{{string.Join(',', Enumerable.Range(0, 2_000).Select(number => $"\"n{number}\":{number}"))}}}",
        $"{{\"{new string('n', 30_000)}\":1}}",
    ];

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("{\"a\":", depth));
}
