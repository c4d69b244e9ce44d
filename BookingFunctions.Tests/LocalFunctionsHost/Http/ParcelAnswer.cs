using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BookingFunctions.Tests.LocalFunctionsHost.Http;

/// <summary>A result with its HTTP part in a property, as functions with several outputs have it.</summary>
public sealed record ParcelAnswer
{
    [HttpResult]
    public required IResult Answer { get; init; }
}
