using BookingFunctions.Trips;
using CsCheck;

namespace BookingFunctions.Tests.Trips;

public sealed class TripIdTests
{
    [Theory]
    [InlineData("Alice Jones", "alice-jones")]
    [InlineData("  Alice   JONES  ", "alice-jones")]
    [InlineData("Zoë Ångström-Smith", "zoe-angstrom-smith")]
    [InlineData("Seán O'Neill Jr.", "sean-oneill-jr")]
    [InlineData("Jürgen Groß", "jurgen-gross")]
    [InlineData("ÆTHELRED", "aethelred")]
    [InlineData("R2-D2", "r2-d2")]
    [InlineData("--a__b--", "a-b")]
    [InlineData("李明", "trip")]
    [InlineData("../..//%2e?#\0<b>", "2e-b")]
    [InlineData("", "trip")]
    public void A_slug_spells_a_name_in_small_ASCII_letters(string name, string slug) => Assert.Equal(slug, TripId.Slug(name));

    [Fact]
    public void A_long_name_is_cut_to_forty_characters_and_not_left_with_a_hyphen()
    {
        Assert.Equal(new string('a', 40), TripId.Slug(new string('a', 200)));
        Assert.Equal(new string('a', 39), TripId.Slug(new string('a', 39) + " Jones"));
        Assert.Equal(40, TripId.Slug(new string('a', 39) + "æ").Length);
    }

    [Fact]
    public void Every_name_gives_an_id_that_any_backend_takes() => Gen.String.Sample(name =>
    {
        var id = TripId.Create(name);
        Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*-[0-9a-hjkmnp-tv-z]{10}$", id);
        Assert.True(id.Length <= 51);
        Assert.True(TripId.IsPossible(id));
    });

    [Theory]
    [InlineData("alice-jones-7k2m9q4tx8", "7k2m9q4tx8")]
    [InlineData("alice-jones-7k2m9q4tx8~cancel", "7k2m9q4tx8~cancel")]
    [InlineData("-7k2m9q4tx8", "7k2m9q4tx8")]
    public void Logs_call_a_trip_by_the_random_end_of_its_id(string id, string name) => Assert.Equal(name, TripId.InLogs(id));

    [Theory]
    [InlineData("alice-jones")]
    [InlineData("alicejones7k2m9q4tx8")]
    [InlineData("7k2m9q4tx8")]
    [InlineData("alice-elizabeths~cancel")]
    [InlineData("~cancel")]
    [InlineData("")]
    public void Logs_call_other_instances_by_something_that_says_nothing(string id)
    {
        Assert.Matches("^#[0-9a-f]{10}$", TripId.InLogs(id));
        Assert.Equal(TripId.InLogs(id), TripId.InLogs(id));
    }

    [Fact]
    public void Two_trips_of_one_traveler_have_different_ids() =>
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => TripId.Create("Alice")).Distinct().Count());

    [Theory]
    [InlineData("")]
    [InlineData("@alice")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\nb")]
    public void What_no_backend_takes_is_no_id(string id) => Assert.False(TripId.IsPossible(id));

    [Fact]
    public void An_id_has_at_most_a_hundred_characters()
    {
        Assert.True(TripId.IsPossible(new string('a', 100)));
        Assert.False(TripId.IsPossible(new string('a', 101)));
    }
}
