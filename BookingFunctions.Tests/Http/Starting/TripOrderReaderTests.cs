using System.Net;
using System.Text;
using BookingFunctions.Http.Starting;
using BookingFunctions.Tests.Travel;
using BookingFunctions.Trips.Starting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BookingFunctions.Tests.Http.Starting;

public sealed class TripOrderReaderTests
{
    private const string Alice = """ "name":"Alice Jones","car":"Ford 150","hotel":"Hilton 123","flight":"Alaska Airlines 123" """;

    private readonly TripOrderReader reader = new(new TripBodyValidator());

    [Theory]
    [InlineData("", null)]
    [InlineData(""","attempts":1""", 1)]
    [InlineData(""","attempts":1000""", 1000)]
    [InlineData(""","attempts":3.0""", 3)]
    [InlineData(""","attempts":30e-1""", 3)]
    public async Task A_good_order_is_read(string more, int? attempts)
    {
        var (order, problem) = await ReadAsync($"{{{Alice}{more}}}");

        Assert.Null(problem);
        Assert.Equal(new TripOrder(SampleTrips.Plain, attempts), order);
    }

    [Fact]
    public async Task A_byte_order_mark_does_no_harm()
    {
        var (order, _) = await ReadAsync([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes($"{{{Alice}}}")]);

        Assert.NotNull(order);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public async Task Characters_are_counted_as_people_do(int characters, bool allowed)
    {
        var name = string.Concat(Enumerable.Repeat("🧳", characters));

        var (order, _) = await ReadAsync($"{{{Alice.Replace("Alice Jones", name, StringComparison.Ordinal)}}}");

        Assert.Equal(allowed, order is not null);
    }

    [Fact]
    public async Task A_good_order_may_be_parallel_and_have_a_deadline()
    {
        var (order, _) = await ReadAsync($$"""{{{Alice}},"parallel":true,"deadlineSeconds":86400}""");
        Assert.Equal(new TripOrder(SampleTrips.Plain, null, true, 86_400), order);

        (order, _) = await ReadAsync($$"""{{{Alice}},"parallel":false,"deadlineSeconds":1.0}""");
        Assert.Equal(new TripOrder(SampleTrips.Plain, null, false, 1), order);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("0")]
    [InlineData("1.5")]
    [InlineData("86401")]
    [InlineData("\"60\"")]
    public Task A_deadline_is_a_whole_number_of_seconds_up_to_a_day(string seconds) => RefusedAsync(
        $$"""{{{Alice}},"deadlineSeconds":{{seconds}}}""",
        "deadlineSeconds",
        "'deadlineSeconds' has to be a whole number from 1 to 86400.");

    [Theory]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("\"true\"")]
    public Task Parallel_is_yes_or_no(string value) =>
        RefusedAsync($$"""{{{Alice}},"parallel":{{value}}}""", "parallel", "'parallel' has to be true or false.");

    [Theory]
    [InlineData("null", "'attempts' has to be a whole number from 1 to 1000.")]
    [InlineData("true", "'attempts' has to be a whole number from 1 to 1000.")]
    [InlineData("1e400", "'attempts' has to be a whole number from 1 to 1000.")]
    [InlineData("1.0000000000000000000000000001", "'attempts' has to be a whole number from 1 to 1000.")]
    public Task Attempts_are_whole(string attempts, string rule) =>
        RefusedAsync($$"""{{{Alice}},"attempts":{{attempts}}}""", "attempts", rule);

    [Theory]
    [InlineData("7", "it is a number.")]
    [InlineData("false", "it is a truth value.")]
    [InlineData("null", "it is null.")]
    [InlineData("[]", "it is an array.")]
    [InlineData("{}", "it is an object.")]
    [InlineData("\"\"", "it is blank.")]
    [InlineData("\" \\t\\u2003\"", "it is blank.")]
    [InlineData("\"\\ud83e\"", "it has half a surrogate pair, which is no character.")]
    public Task Text_is_text(string car, string rule) =>
        RefusedAsync(
            $"{{{Alice.Replace("\"Ford 150\"", car, StringComparison.Ordinal)}}}",
            "car",
            $"'car' has to be text of 1 to 200 characters, not only white space: {rule}");

    [Theory]
    [InlineData("discount")]
    [InlineData("Name")]
    [InlineData("")]
    public Task A_field_that_no_trip_has_is_named(string field) => RefusedAsync(
        $$"""{{{Alice}},"{{field}}":1}""",
        field,
        $"'{field}' is not a field of a trip: there are name, car, hotel, flight, attempts, parallel and deadlineSeconds.");

    [Fact]
    public async Task Everything_that_is_wrong_is_named_at_once()
    {
        var (_, problem) = await ReadAsync("""{"car":1,"hotel":"","discount":1,"attempts":0}""");

        Assert.Equal(["attempts", "car", "discount", "flight", "hotel", "name"], Errors(problem).Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("", "The input does not contain any JSON tokens.")]
    [InlineData("{", "Expected depth to be zero at the end of the JSON payload.")]
    [InlineData("[]", "it is an array.")]
    [InlineData("null", "it is null.")]
    [InlineData("\"Alice\"", "it is text.")]
    [InlineData("""{"name":"a","name":"b"}""", "Duplicate property 'name'")]
    [InlineData("""{"\ud83e":1}""", "a name in it has half a surrogate pair")]
    [InlineData("""{"x":{"\ud83e":1,"y":2}}""", "a name in it has half a surrogate pair")]
    public async Task What_is_no_JSON_object_is_refused_as_a_whole_in_words_of_JSON(string body, string reason)
    {
        var (order, problem) = await ReadAsync(body);

        Assert.Null(order);
        var error = Assert.Single(Errors(problem));
        Assert.Equal("body", error.Key);
        Assert.StartsWith($"The body has to be a JSON object: {reason}", Assert.Single(error.Value), StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(TripBody), error.Value[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("deflate, br", true)]
    [InlineData("Identity", false)]
    public async Task A_body_that_is_compressed_is_refused_by_its_encoding(string encoding, bool refused)
    {
        var (order, problem) = await ReadAsync(Encoding.UTF8.GetBytes($"{{{Alice}}}"), encoding: encoding);

        Assert.Equal(refused, order is null);
        if (refused)
        {
            var details = Assert.IsType<ProblemHttpResult>(problem).ProblemDetails;
            Assert.Equal(
                (415, $"The body's Content-Encoding is '{encoding}'. Send it as it is, without one."), (details.Status, details.Detail));
        }
    }

    [Fact]
    public async Task JSON_that_nests_without_end_is_refused() =>
        Assert.Equal(["body"], Errors((await ReadAsync($$"""{{{Alice}},"x":{{new string('[', 30_000)}}""")).Problem).Keys);

    [Theory]
    [InlineData(64 * 1024, HttpStatusCode.BadRequest)]
    [InlineData((64 * 1024) + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_body_has_at_most_64_KiB(int bytes, HttpStatusCode status)
    {
        foreach (var lengthIsKnown in new[] { true, false })
        {
            var (_, problem) = await ReadAsync([.. Enumerable.Repeat((byte)' ', bytes)], lengthIsKnown: lengthIsKnown);

            Assert.Equal((int)status, ((IStatusCodeHttpResult)problem!).StatusCode);
        }
    }

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("Application/JSON; charset=\"UTF-8\"", true)]
    [InlineData("application/vnd.trip+json", true)]
    [InlineData("application/json; charset=iso-8859-1", false)]
    [InlineData("text/json-ish", false)]
    [InlineData("application/x-www-form-urlencoded", false)]
    [InlineData("json", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public async Task Only_JSON_is_read(string? contentType, bool read)
    {
        var (order, problem) = await ReadAsync(Encoding.UTF8.GetBytes($"{{{Alice}}}"), contentType);

        Assert.Equal(read, order is not null);
        if (!read)
        {
            Assert.Equal(415, ((IStatusCodeHttpResult)problem!).StatusCode);
        }
    }

    private async Task RefusedAsync(string body, string field, string rule)
    {
        var (order, problem) = await ReadAsync(body);

        Assert.Null(order);
        var error = Assert.Single(Errors(problem));
        Assert.Equal((field, rule), (error.Key, Assert.Single(error.Value)));
    }

    private static IDictionary<string, string[]> Errors(IResult? problem) =>
        Assert.IsType<HttpValidationProblemDetails>(Assert.IsType<ProblemHttpResult>(problem).ProblemDetails).Errors;

    private Task<(TripOrder? Order, IResult? Problem)> ReadAsync(string body) => ReadAsync(Encoding.UTF8.GetBytes(body));

    private Task<(TripOrder? Order, IResult? Problem)> ReadAsync(
        byte[] body, string? contentType = "application/json", bool lengthIsKnown = true, string? encoding = null)
    {
        var http = new DefaultHttpContext();
        http.Request.ContentType = contentType;
        http.Request.Headers.ContentEncoding = encoding;
        http.Request.ContentLength = lengthIsKnown ? body.Length : null;
        http.Request.Body = new MemoryStream(body);
        return reader.ReadAsync(http.Request, CancellationToken.None);
    }
}
