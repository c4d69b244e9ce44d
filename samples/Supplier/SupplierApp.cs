using Microsoft.AspNetCore.Mvc;

namespace Supplier;

/// <summary>
/// A supplier of cars, rooms or seats that keeps the contract of docs/providers.md, unless it is made to misbehave.
/// </summary>
public static class SupplierApp
{
    private const int Plenty = 1000;

    /// <summary>Makes the program.</summary>
    /// <param name="args">Settings such as <c>--urls http://localhost:7080 --capacity 10 --key secret</c>.</param>
    public static WebApplication Build(params string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        var ledger = new Ledger(builder.Configuration.GetValue("capacity", Plenty));
        builder.Services.AddSingleton(ledger);
        builder.Services.AddSingleton<Commands>();
        var app = builder.Build();
        var key = app.Configuration["key"];

        var reservations = app.MapGroup("/reservations");
        reservations.AddEndpointFilter((call, next) => IsAllowed(call.HttpContext.Request, key)
            ? next(call)
            : ValueTask.FromResult<object?>(Results.Problem("Send the key as Authorization: Bearer.", statusCode: 401)));
        reservations.MapGet("", (Ledger ledger) => ledger.All);
        reservations.MapPut("{id}", (string id, [FromBody] Order order, HttpContext http, Ledger ledger, Commands commands) =>
            new Call(http, id, () => Book(ledger, id, order)).AnswerAsync(commands.Next("PUT", id)));
        reservations.MapDelete("{id}", (string id, HttpContext http, Ledger ledger, Commands commands) =>
            new Call(http, id, () => Undo(ledger, id)).AnswerAsync(commands.Next("DELETE", id)));

        app.MapPost("/misbehaviours", (Misbehaviour command, Commands commands) =>
        {
            commands.Add(command);
            return Results.NoContent();
        });
        app.MapDelete("/misbehaviours", (Commands commands) =>
        {
            commands.Clear();
            return Results.NoContent();
        });
        return app;
    }

    private static IResult Book(Ledger ledger, string id, Order order)
    {
        if (string.IsNullOrWhiteSpace(order.Item) || order.Item.Contains("nowhere", StringComparison.OrdinalIgnoreCase))
        {
            return Results.Problem($"There is no '{order.Item}'.", statusCode: 422);
        }

        return ledger.Book(id, order) switch
        {
            null => Results.Problem($"'{order.Item}' is sold out.", statusCode: 409),
            { IsUndone: true } => Results.Problem("This reservation was undone.", statusCode: 409),
            var reservation => Results.Json(new Confirmation(id, reservation.Confirmation!)),
        };
    }

    private static IResult Undo(Ledger ledger, string id)
    {
        ledger.Undo(id);
        return Results.NoContent();
    }

    private static bool IsAllowed(HttpRequest request, string? key) =>
        string.IsNullOrEmpty(key) || request.Headers.Authorization == $"Bearer {key}";
}
