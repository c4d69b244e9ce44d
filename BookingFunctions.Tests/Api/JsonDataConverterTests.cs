using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;

namespace BookingFunctions.Tests.Api;

public class JsonDataConverterTests
{
    private static readonly DataConverter Converter = JsonDataConverter.Default;

    [Fact]
    public void No_value_is_no_text_and_back()
    {
        Assert.Null(Converter.Serialize(null));
        Assert.Null(Converter.Deserialize(null, typeof(Trip)));
        Assert.Null(Converter.Deserialize<Trip>(null));
        Assert.Equal(0, Converter.Deserialize<int>(null));
        Assert.Null(Converter.Deserialize<int?>(null));
    }

    [Fact]
    public void A_value_is_written_under_its_own_names_and_read_back()
    {
        Trip trip = new("Alice", ["car", "hotel"]) { Note = "late" };
        var json = Converter.Serialize(trip);

        Assert.Equal("""{"Name":"Alice","Legs":["car","hotel"],"Note":"late"}""", json);
        var read = Converter.Deserialize<Trip>(json);
        Assert.Equal(("Alice", "late"), (read?.Name, read?.Note));
        Assert.Equal(trip.Legs, read?.Legs);
    }

    [Fact]
    public void Fields_are_kept_so_that_tuples_are()
    {
        var json = Converter.Serialize(("car", 2));

        Assert.Equal("""{"Item1":"car","Item2":2}""", json);
        Assert.Equal(("car", 2), Converter.Deserialize<(string, int)>(json));
    }

    [Fact]
    public void Numbers_text_and_the_word_null_are_JSON()
    {
        Assert.Equal("\"7\"", Converter.Serialize("7"));
        Assert.Equal(7, Converter.Deserialize<int>("7"));
        Assert.Null(Converter.Deserialize<Trip>("null"));
        Assert.Throws<JsonException>(() => Converter.Deserialize<Trip>("not JSON"));
    }

    [Fact]
    public void Other_options_can_be_given()
    {
        JsonDataConverter converter = new(new JsonSerializerOptions(JsonSerializerDefaults.Web));

        Assert.Equal("""{"name":"Alice","legs":[],"note":null}""", converter.Serialize(new Trip("Alice", [])));
    }

    private sealed record Trip(string Name, string[] Legs)
    {
        public string? Note { get; init; }
    }
}
