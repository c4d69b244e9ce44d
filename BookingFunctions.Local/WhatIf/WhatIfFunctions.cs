using BookingFunctions.Http;
using BookingFunctions.Trips;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BookingFunctions.Local.WhatIf;

/// <summary>
/// Shows the conditions of the suppliers, and changes them, in development. They are not part of the API: only this host has them.
/// </summary>
/// <param name="suppliers">The suppliers.</param>
/// <param name="validator">The rules for a change's body.</param>
public sealed class WhatIfFunctions(Suppliers suppliers, IValidator<SupplierBody> validator)
{
    /// <summary>Shows all suppliers.</summary>
    /// <param name="request">The request.</param>
    /// <returns>200 with the suppliers; 400; or 404 where they can't be changed.</returns>
    [Function(nameof(ListSuppliers))]
    public IResult ListSuppliers([HttpTrigger(AuthorizationLevel.Function, "get", Route = "what-if/suppliers")] HttpRequest request)
    {
        if (suppliers.Refusal is { } refusal)
        {
            return NotHere(refusal);
        }

        return new QueryReader(request).Problem ?? ShowAll(request);
    }

    /// <summary>Changes a supplier's condition.</summary>
    /// <param name="request">The request, with the condition as its body.</param>
    /// <param name="leg">The supplier's leg.</param>
    /// <param name="cancellation">Fires when the caller has gone away.</param>
    /// <returns>200 with the supplier; 404 for an unknown leg and where they can't be changed; or another problem.</returns>
    [Function(nameof(ChangeSupplier))]
    public async Task<IResult> ChangeSupplier(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "what-if/suppliers/{leg}")] HttpRequest request,
        string leg,
        CancellationToken cancellation)
    {
        if (suppliers.Refusal is { } refusal)
        {
            return NotHere(refusal);
        }

        if (Enum.GetValues<Leg>().Where(known => Name(known) == leg).Select(known => (Leg?)known).FirstOrDefault() is not { } found)
        {
            return Problems.UnknownLeg(leg);
        }

        if (new QueryReader(request).Problem is { } wrong)
        {
            return wrong;
        }

        var (body, problem) = await JsonBody.ReadAsync(request, validator, cancellation);
        return body is null
            ? problem!
            : Results.Json(await suppliers.ChangeAsync(found, body.ReadCondition()!.Value, body.ReadSeconds()), ApiJson.Options);
    }

    /// <summary>Resets all suppliers.</summary>
    /// <param name="request">The request.</param>
    /// <returns>200 with the suppliers; 400; or 404 where they can't be changed.</returns>
    [Function(nameof(ResetSuppliers))]
    public async Task<IResult> ResetSuppliers(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "what-if/suppliers")] HttpRequest request)
    {
        if (suppliers.Refusal is { } refusal)
        {
            return NotHere(refusal);
        }

        if (new QueryReader(request).Problem is { } problem)
        {
            return problem;
        }

        await suppliers.ResetAsync();
        return ShowAll(request);
    }

    private IResult ShowAll(HttpRequest request)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Results.Json(new { suppliers = suppliers.All }, ApiJson.Options);
    }

    private static string Name(Leg leg) => leg.ToString().ToLowerInvariant();

    private static IResult NotHere(string refusal) => Results.Problem(refusal, statusCode: StatusCodes.Status404NotFound);
}
