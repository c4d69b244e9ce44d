using System.Reflection;
using LocalFunctionsHost.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace LocalFunctionsHost.Functions;

/// <summary>A function that answers HTTP requests.</summary>
internal sealed class HttpFunction
{
    private readonly List<Func<HttpInvocation, ValueTask<object?>>> parameters;
    private readonly PropertyInfo? httpResult;

    public HttpFunction(FunctionMethod method, HttpTriggerAttribute attribute)
    {
        Method = method;
        Level = attribute.AuthLevel;
        Route = (attribute.Route ?? method.Name).Trim('/');
        Methods = [.. (attribute.Methods ?? []).Select(name => name.ToUpperInvariant()).Distinct()];
        parameters = [.. method.Parameters.Select(parameter => HttpParameter.Binder(method, parameter))];
        httpResult = method.ResultType.GetProperties().FirstOrDefault(property => property.IsDefined(typeof(HttpResultAttribute)));
    }

    public FunctionMethod Method { get; }

    /// <summary>The key that it asks for.</summary>
    public AuthorizationLevel Level { get; }

    /// <summary>The route's template, without the prefix of all routes.</summary>
    public string Route { get; }

    /// <summary>The HTTP methods in capitals; empty for all.</summary>
    public IReadOnlyList<string> Methods { get; }

    /// <summary>The route with its prefix.</summary>
    /// <exception cref="HostStartException">It is no route.</exception>
    public RoutePattern Pattern(string prefix)
    {
        var route = prefix.Length == 0 ? Route : $"{prefix}/{Route}";
        try
        {
            return RoutePatternFactory.Parse(route);
        }
        catch (RoutePatternException e)
        {
            throw FunctionBinding.Wrong(Method, $"has the route '{route}', which is none: {e.Message.TrimEnd('.')}");
        }
    }

    /// <summary>Answers a request.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        http.Items[typeof(HttpFunction)] = Method.Name;
        var context = new LocalFunctionContext(Method, http.RequestServices, http.RequestAborted);
        context.SetHttpContext(http);
        var call = new HttpInvocation(http, context);
        var arguments = new object?[parameters.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = await parameters[i](call);
        }

        var result = await Method.InvokeAsync(http.RequestServices, arguments);
        await HttpResultWriter.WriteAsync(http, httpResult is null || result is null ? result : httpResult.GetValue(result));
    }
}
