using BookingFunctions.Http;
using BookingFunctions.Trips;
using Microsoft.AspNetCore.Http;

namespace BookingFunctions.Tests.Http;

public sealed class QueryReaderTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("?pageSize=1", 1)]
    [InlineData("?pageSize=500", 500)]
    [InlineData("?PAGESIZE=007", 7)]
    [InlineData("?pageSize=20&code=secret", 20)]
    public void A_number_within_its_limits_is_read(string query, int? expected)
    {
        var reader = Reader(query, "pageSize");

        Assert.Equal(expected, reader.Number("pageSize", 1, 500));
        Assert.Null(reader.Problem);
    }

    [Theory]
    [InlineData("?pageSize=0")]
    [InlineData("?pageSize=501")]
    [InlineData("?pageSize=")]
    [InlineData("?pageSize=-1")]
    [InlineData("?pageSize=1.0")]
    [InlineData("?pageSize=%201")]
    [InlineData("?pageSize=99999999999999999999")]
    [InlineData("?pageSize=%D9%A1")]
    [InlineData("?pageSize=1&pageSize=1")]
    public void Another_number_is_refused(string query)
    {
        var reader = Reader(query, "pageSize");

        Assert.Null(reader.Number("pageSize", 1, 500));
        AssertRefuses(reader, "pageSize");
    }

    [Theory]
    [InlineData("2026-03-01T09:30:00Z", "2026-03-01T09:30:00.0000000+00:00")]
    [InlineData("2026-03-01t09:30:00.1234567z", "2026-03-01T09:30:00.1234567+00:00")]
    [InlineData("2026-03-01T09:30:00.5%2B01:00", "2026-03-01T08:30:00.5000000+00:00")]
    [InlineData("2026-03-01T09:30:00.123456789012345678901234567890Z", "2026-03-01T09:30:00.1234567+00:00")]
    [InlineData("9999-12-31T23:59:59.99999999Z", "9999-12-31T23:59:59.9999999+00:00")]
    [InlineData("2026-03-01T09:30:00-00:00", "2026-03-01T09:30:00.0000000+00:00")]
    [InlineData("2026-03-01T09:30:00-23:59", "2026-03-02T09:29:00.0000000+00:00")]
    [InlineData("1998-12-31T23:59:60Z", "1999-01-01T00:00:00.0000000+00:00")]
    [InlineData("1998-12-31T15:59:60.123-08:00", "1999-01-01T00:00:00.0000000+00:00")]
    [InlineData("1999-01-01T05:29:60%2B05:30", "1999-01-01T00:00:00.0000000+00:00")]
    [InlineData("9999-12-31T23:59:60Z", "9999-12-31T23:59:59.9999999+00:00")]
    [InlineData("0000-02-29T00:00:00Z", "0001-01-01T00:00:00.0000000+00:00")]
    [InlineData("0001-01-01T00:00:00%2B01:00", "0001-01-01T00:00:00.0000000+00:00")]
    [InlineData("1998-12-31T23:58:60Z", null)]
    [InlineData("1998-12-31T22:59:60Z", null)]
    [InlineData("1998-12-31T23:59:60-08:00", null)]
    [InlineData("1998-12-31T23:59:61Z", null)]
    [InlineData("2026-02-29T09:30:00Z", null)]
    [InlineData("2026-02-30T09:30:00Z", null)]
    [InlineData("2026-13-01T09:30:00Z", null)]
    [InlineData("2026-00-01T09:30:00Z", null)]
    [InlineData("2026-03-01T24:00:00Z", null)]
    [InlineData("2026-03-01T09:60:00Z", null)]
    [InlineData("2026-03-01T09:30:00-24:00", null)]
    [InlineData("2026-03-01T09:30:00-01:60", null)]
    [InlineData("2026-03-01T09:30:00.Z", null)]
    [InlineData("2026-03-01T09:30:00", null)]
    [InlineData("2026-03-01T09:30:00+01:00", null)]
    [InlineData("2026-03-01T09:30Z", null)]
    [InlineData("2026-03-01", null)]
    [InlineData("2026-03-01 09:30:00Z", null)]
    [InlineData("2026-03-01T09:30:00Z%0A", null)]
    [InlineData("\u0662026-03-01T09:30:00Z", null)]
    [InlineData("1772357400", null)]
    [InlineData("yesterday", null)]
    [InlineData("", null)]
    public void A_time_is_read_as_RFC_3339_writes_it(string text, string? expected)
    {
        var reader = Reader($"?from={text}", "from");

        Assert.Equal(expected, reader.Time("from")?.ToString("O"));
        if (expected is null)
        {
            AssertRefuses(reader, "from");
        }
    }

    [Theory]
    [InlineData("Confirmed", TripState.Confirmed)]
    [InlineData("needsattention", TripState.NeedsAttention)]
    [InlineData("1", null)]
    [InlineData("Confirmed,Cancelled", null)]
    [InlineData("Lost", null)]
    public void A_choice_is_one_of_the_names(string text, TripState? expected)
    {
        var reader = Reader($"?status={text}", "status");

        Assert.Equal(expected, reader.Choice<TripState>("status"));
        if (expected is null)
        {
            AssertRefuses(reader, "status");
        }
    }

    [Theory]
    [InlineData("?name=Al", "Al")]
    [InlineData("?name=%F0%9F%A7%B3%F0%9F%A7%B3%F0%9F%A7%B3%F0%9F%A7%B3%F0%9F%A7%B3", "🧳🧳🧳🧳🧳")]
    [InlineData("?name=abcdef", null)]
    [InlineData("?name=", null)]
    public void A_text_has_a_length(string query, string? expected)
    {
        var reader = Reader(query, "name");

        Assert.Equal(expected, reader.Text("name", 5));
        if (expected is null)
        {
            AssertRefuses(reader, "name");
        }
    }

    [Fact]
    public void Everything_that_is_wrong_is_named_at_once()
    {
        var reader = Reader("?page=2&pageSize=x&from=y", "pageSize", "from");

        reader.Number("pageSize", 1, 500);
        reader.Time("from");

        AssertRefuses(reader, "page", "pageSize", "from");
    }

    private static QueryReader Reader(string query, params string[] known) =>
        new(new DefaultHttpContext { Request = { QueryString = new QueryString(query) } }.Request, known);

    private static void AssertRefuses(QueryReader reader, params string[] names)
    {
        var problem = Assert.IsType<Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>(reader.Problem);
        Assert.Equal(400, problem.StatusCode);
        var errors = Assert.IsType<HttpValidationProblemDetails>(problem.ProblemDetails).Errors;
        Assert.Equal(names.Order(StringComparer.Ordinal), errors.Keys.Order(StringComparer.Ordinal));
        Assert.All(errors.Values, rules => Assert.NotEqual("", Assert.Single(rules)));
    }
}
