using BookingFunctions.Trips.Deciding;
using Microsoft.AspNetCore.Http;

namespace BookingFunctions.Http;

/// <summary>What a bad request gets: a problem document (RFC 9457) that says what is wrong and what to do.</summary>
public static class Problems
{
    /// <summary>404: there is no such trip.</summary>
    /// <param name="id">The requested id.</param>
    public static IResult UnknownTrip(string id) => Results.Problem(
        $"There is no trip '{id}'. Its id is in the answer to the POST that started it.",
        statusCode: StatusCodes.Status404NotFound);

    /// <summary>413: the body is too large.</summary>
    /// <param name="maxBytes">How large it may be.</param>
    public static IResult TooLarge(int maxBytes) =>
        Results.Problem($"The body is larger than {maxBytes} bytes.", statusCode: StatusCodes.Status413PayloadTooLarge);

    /// <summary>415: the body isn't JSON.</summary>
    /// <param name="mediaType">What it says it is; null or empty if it doesn't say.</param>
    public static IResult NotJson(string? mediaType) => Results.Problem(
        $"The body's media type is {(string.IsNullOrEmpty(mediaType) ? "missing" : $"'{mediaType}'")}. "
        + "Send JSON in UTF-8, with 'Content-Type: application/json'.",
        statusCode: StatusCodes.Status415UnsupportedMediaType);

    /// <summary>415: the body is compressed.</summary>
    /// <param name="encoding">How it says it is.</param>
    public static IResult Encoded(string encoding) => Results.Problem(
        $"The body's Content-Encoding is '{encoding}'. Send it as it is, without one.",
        statusCode: StatusCodes.Status415UnsupportedMediaType);

    /// <summary>400: the body can't be read as what it should be.</summary>
    /// <param name="rule">What it has to be, and what is wrong.</param>
    public static IResult Malformed(string rule) =>
        Invalid(new Dictionary<string, string[]> { ["body"] = [rule] });

    /// <summary>400: fields of the body break rules.</summary>
    /// <param name="errors">The rules that each field breaks.</param>
    public static IResult Invalid(IDictionary<string, string[]> errors) =>
        Results.ValidationProblem(errors, "Nothing was started or changed. See 'errors' for each field and the rule it breaks.");

    /// <summary>400: a header breaks a rule.</summary>
    /// <param name="header">The header's name.</param>
    /// <param name="rule">The rule.</param>
    public static IResult InvalidHeader(string header, string rule) =>
        Results.ValidationProblem(new Dictionary<string, string[]> { [header] = [rule] }, "Nothing was started or changed.");

    /// <summary>422: an idempotency key was used for another order.</summary>
    public static IResult KeyTaken() => Results.Problem(
        "This Idempotency-Key was used for another order. Send the same body again, or another key.",
        statusCode: StatusCodes.Status422UnprocessableEntity);

    /// <summary>404: a trip has no such leg.</summary>
    /// <param name="leg">The requested leg.</param>
    public static IResult UnknownLeg(string leg) => Results.Problem(
        $"A trip has no leg '{leg}': there are car, hotel and flight.", statusCode: StatusCodes.Status404NotFound);

    /// <summary>409: the leg does not wait for an operator's decision.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="state">What the leg is instead.</param>
    public static IResult NotWaiting(string leg, string state) => Results.Problem(
        $"The {leg} does not wait for a decision: it is {state}. "
        + "A leg waits while it is UndoFailed, not skipped, and its trip NeedsAttention.",
        statusCode: StatusCodes.Status409Conflict);

    /// <summary>409: another decision about the failure of an undo was taken before.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="taken">That decision.</param>
    public static IResult Decided(string leg, UndoDecision taken) => Results.Problem(
        $"It was decided already to {taken.Action.ToString().ToLowerInvariant()} this undo of the {leg}, at {taken.At:O}. "
        + "If it fails again, that can be decided again.",
        statusCode: StatusCodes.Status409Conflict);

    /// <summary>400: parameters of the query break rules.</summary>
    /// <param name="errors">The rules that each parameter breaks.</param>
    public static IResult InvalidQuery(IDictionary<string, string[]> errors) =>
        Results.ValidationProblem(errors, "See 'errors' for each parameter of the query and the rule it breaks.");

    /// <summary>410: a trip's history isn't there: it was purged, or the trip is only just being started.</summary>
    /// <param name="id">The trip's id.</param>
    public static IResult HistoryGone(string id) => Results.Problem(
        $"There is no history of the trip '{id}': it was purged, or has not begun. The trip itself can be read.",
        statusCode: StatusCodes.Status410Gone);

    /// <summary>503: the app can't do its work now.</summary>
    /// <param name="reason">Why it can't.</param>
    public static IResult NotReady(string reason) => Results.Problem(
        $"{reason} Ask again later.",
        statusCode: StatusCodes.Status503ServiceUnavailable,
        extensions: new Dictionary<string, object?> { ["reason"] = reason });

    /// <summary>A request that the server could not read to its end.</summary>
    /// <param name="failure">What the server says.</param>
    public static IResult Unreadable(BadHttpRequestException failure) =>
        Results.Problem(failure.Message, statusCode: failure.StatusCode);
}
