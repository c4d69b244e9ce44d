using LocalFunctionsHost.Client;
using Microsoft.AspNetCore.Http;

namespace LocalFunctionsHost.Management;

/// <summary>
/// Durable's HTTP management API: which call goes where. Unknown routes and wrong methods get 404 without a body, as
/// from the Azure host.
/// </summary>
internal sealed class ManagementApi(LocalDurableTaskClient client, ManagementLinks links)
{
    private const string Instances = "instances";
    private const string Orchestrators = "orchestrators";

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
            new ManagementQuery(http.Request).CheckTaskHub(links.HubName);
            var parts = (http.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
            await (HttpMethods.IsPost(http.Request.Method) ? Post(http, parts) : Other(http, parts));
        }
        catch (ArgumentException e)
        {
            await ManagementAnswer.WriteErrorAsync(
                http, StatusCodes.Status400BadRequest, "One or more of the arguments submitted is incorrect", e);
        }
    }

    private Task Post(HttpContext http, string[] parts) => parts switch
    {
        [var first, var id, var operation] when Is(first, Instances) => Command(http, id, operation),
        [var first, var id, var operation, var name] when Is(first, Instances) && Is(operation, "raiseEvent") =>
            commands.RaiseEventAsync(http, id, name),
        [var first, var name] when Is(first, Orchestrators) => starts.StartAsync(http, name, null),
        [var first, var name, var id] when Is(first, Orchestrators) => starts.StartAsync(http, name, id),
        _ => NotFound(http),
    };

    private Task Other(HttpContext http, string[] parts) => (http.Request.Method, parts) switch
    {
        ("GET", [var first]) when Is(first, Instances) => reads.ListAsync(http),
        ("GET", [var first, var id]) when Is(first, Instances) => reads.StatusAsync(http, id),
        ("DELETE", [var first]) when Is(first, Instances) => purges.PurgeByFilterAsync(http),
        ("DELETE", [var first, var id]) when Is(first, Instances) => purges.PurgeAsync(http, id),
        _ => NotFound(http),
    };

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
