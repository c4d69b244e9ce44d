using System.Text.Json;
using BookingFunctions.Trips;
using CsCheck;

namespace BookingFunctions.Tests.Trips;

public sealed class StatusTextTests
{
    [Fact]
    public void A_text_that_fits_is_left_alone()
    {
        Assert.Equal("", StatusText.Cut("", 64));
        Assert.Equal(new string('a', 64), StatusText.Cut(new string('a', 64), 64));
    }

    [Fact]
    public void A_text_that_is_cut_says_so() =>
        Assert.Equal($"{new string('a', 67)}... [cut: 200 characters in all]", StatusText.Cut(new string('a', 200), 99));

    [Fact]
    public void A_cut_text_fits_as_JSON_and_begins_as_the_whole_did() =>
        Gen.Select(Gen.OneOf(Gen.String, Gen.String[Gen.Char['\0', '\uffff'], 0, 2000]), Gen.Int[64, 1000]).Sample((text, bytes) =>
        {
            var cut = StatusText.Cut(text, bytes);

            Assert.True(JsonSerializer.SerializeToUtf8Bytes(cut).Length - 2 <= bytes);
            if (cut != text)
            {
                Assert.StartsWith(cut[..cut.LastIndexOf("... [cut: ", StringComparison.Ordinal)], text, StringComparison.Ordinal);
            }
        });

    [Fact]
    public void A_surrogate_pair_is_not_torn_apart()
    {
        var cut = StatusText.Cut(string.Concat(Enumerable.Repeat("🧳", 100)), 99);

        Assert.DoesNotContain('\uFFFD', JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(cut))!);
    }
}
