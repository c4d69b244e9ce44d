using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BookingFunctions.Tests.LocalFunctionsHost.Keys;

/// <summary>Functions of every level, which answer by whose key they were called.</summary>
public static class GuardedFunctions
{
    private const string KeyName = "http://schemas.microsoft.com/2017/07/functions/claims/keyid";

    [Function("Open")]
    public static string Open([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Caller(request);

    [Function("Shop")]
    public static string Shop([HttpTrigger(AuthorizationLevel.Function, "get", "post")] HttpRequest request) => Caller(request);

    [Function("Office")]
    public static string Office([HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest request) => Caller(request);

    [Function("Admin")]
    public static string Admin([HttpTrigger(AuthorizationLevel.Admin, "get")] HttpRequest request) => Caller(request);

    private static string Caller(HttpRequest request) => request.HttpContext.User.FindFirst(KeyName)?.Value ?? "none";
}
