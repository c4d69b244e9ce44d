using LocalRuntime.Engine.Client;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Hosting.Management;

/// <summary>
/// Durable's HTTP management API: which call goes where. Unknown routes and wrong methods get 404 without a body, as
/// from the Azure host.
/// </summary>
internal sealed class ManagementApi(EngineClient client, ManagementLinks links)
{
    public const string BasePath = "/runtime/webhooks/durabletask";

    private readonly InstanceReads reads = new(client);
    private readonly InstanceCommands commands = new(client);
    private readonly InstanceStarts starts = new(client, links);
    private readonly InstancePurges purges = new(client);

    /// <summary>Answers a call.</summary>
    /// <param name="http">The call, with the base path taken off its path.</param>
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            var parts = (http.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
            await (parts.Length == 0 ? NotFound(http) : (parts[0].ToUpperInvariant(), parts.Length) switch
            {
                ("INSTANCES", 1) => All(http),
                ("INSTANCES", 2) => One(http, parts[1]),
                ("INSTANCES", 3) when HttpMethods.IsPost(http.Request.Method) => Command(http, parts[1], parts[2]),
                ("INSTANCES", 4) when HttpMethods.IsPost(http.Request.Method) && Is(parts[2], "raiseEvent") => commands.RaiseEventAsync(http, parts[1], parts[3]),
                ("ORCHESTRATORS", 2) when HttpMethods.IsPost(http.Request.Method) => starts.StartAsync(http, parts[1], null),
                ("ORCHESTRATORS", 3) when HttpMethods.IsPost(http.Request.Method) => starts.StartAsync(http, parts[1], parts[2]),
                _ => NotFound(http),
            });
        }
        catch (ArgumentException e)
        {
            await ManagementAnswer.WriteErrorAsync(
                http, StatusCodes.Status400BadRequest, "One or more of the arguments submitted is incorrect", e);
        }
    }

    private Task All(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) ? reads.ListAsync(http)
        : HttpMethods.IsDelete(http.Request.Method) ? purges.PurgeByFilterAsync(http)
        : NotFound(http);

    private Task One(HttpContext http, string id) =>
        HttpMethods.IsGet(http.Request.Method) ? reads.StatusAsync(http, id, null)
        : HttpMethods.IsDelete(http.Request.Method) ? purges.PurgeAsync(http, id)
        : NotFound(http);

    private Task Command(HttpContext http, string id, string operation) =>
        Is(operation, "terminate") ? commands.TerminateAsync(http, id)
        : Is(operation, "suspend") ? commands.SuspendAsync(http, id)
        : Is(operation, "resume") ? commands.ResumeAsync(http, id)
        : Is(operation, "restart") ? starts.RestartAsync(http, id)
        : Is(operation, "rewind") ? commands.RewindAsync(http, id)
        : NotFound(http);

    private static bool Is(string part, string name) => part.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static Task NotFound(HttpContext http) => ManagementAnswer.WriteAsync(http, StatusCodes.Status404NotFound);
}
