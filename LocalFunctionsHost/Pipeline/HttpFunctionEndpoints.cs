using LocalFunctionsHost.Functions;
using LocalFunctionsHost.Keys;
using LocalFunctionsHost.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace LocalFunctionsHost.Pipeline;

/// <summary>Maps HTTP functions to their routes.</summary>
internal static class HttpFunctionEndpoints
{
    /// <summary>Maps all functions.</summary>
    /// <param name="endpoints">Where to.</param>
    /// <param name="functions">The functions.</param>
    /// <param name="prefix">What every route starts with; empty for nothing.</param>
    /// <param name="check">Lets requests through.</param>
    /// <exception cref="HostStartException">A route is malformed, or two functions would answer the same requests.</exception>
    public static void Map(IEndpointRouteBuilder endpoints, IReadOnlyList<HttpFunction> functions, string prefix, KeyCheck check)
    {
        var routes = functions
            .Select(function => (Function: function, Pattern: function.Pattern(prefix)))
            .ToLookup(route => Key(route.Pattern));
        foreach (var sameRoute in routes)
        {
            CheckConflicts([.. sameRoute.Select(route => route.Function)]);
            var taken = sameRoute.SelectMany(route => route.Function.Methods).ToHashSet();
            foreach (var (function, pattern) in sameRoute)
            {
                CheckConstraints(endpoints.ServiceProvider, function, pattern);
                RequestDelegate run = http => check.CheckAsync(http, function.Method.Name, function.Level, function.InvokeAsync);
                var map = function.Methods.Count == 0
                    ? endpoints.Map(pattern, run)
                    : endpoints.MapMethods(pattern.RawText!, WithHead(function.Methods, taken), run);
                map.WithDisplayName(function.Method.Name);
            }
        }
    }

    // A function for GET answers HEAD as well (RFC 9110), unless another one does; the server leaves the body out.
    private static IEnumerable<string> WithHead(IReadOnlyList<string> methods, HashSet<string> taken) =>
        methods.Contains(HttpMethods.Get) && !taken.Contains(HttpMethods.Head) ? [.. methods, HttpMethods.Head] : methods;

    private static void CheckConflicts(List<HttpFunction> sameRoute)
    {
        for (var i = 0; i < sameRoute.Count; i++)
        {
            foreach (var other in sameRoute.Skip(i + 1))
            {
                var one = sameRoute[i];
                if ((one.Methods.Count == 0 && other.Methods.Count == 0) || one.Methods.Intersect(other.Methods).Any())
                {
                    throw new HostStartException(
                        $"The functions '{one.Method.Name}' and '{other.Method.Name}' answer the same requests: "
                        + $"both have the route '{other.Route}'. Change a route or its methods.");
                }
            }
        }
    }

    // Otherwise an unknown constraint would show at the first request only.
    private static void CheckConstraints(IServiceProvider services, HttpFunction function, RoutePattern pattern)
    {
        var factory = services.GetRequiredService<ParameterPolicyFactory>();
        foreach (var parameter in pattern.Parameters)
        {
            foreach (var policy in parameter.ParameterPolicies)
            {
                try
                {
                    factory.Create(parameter, policy);
                }
                catch (Exception e) when (e is InvalidOperationException or RouteCreationException)
                {
                    throw FunctionBinding.Wrong(
                        function.Method, $"has the route '{function.Route}' with the unknown constraint '{policy.Content}'");
                }
            }
        }
    }

    // Two routes that match the same paths have the same key: the names of parameters don't count.
    private static string Key(RoutePattern pattern) =>
        string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(Key))));

    private static string Key(RoutePatternPart part) => part switch
    {
        RoutePatternParameterPart parameter =>
            $"{{{(parameter.IsCatchAll ? "*" : "")}{Constraints(parameter)}{(parameter.IsOptional ? "?" : "")}}}",
        RoutePatternLiteralPart literal => literal.Content.ToUpperInvariant(),
        _ => ".",
    };

    private static string Constraints(RoutePatternParameterPart parameter) =>
        string.Join(':', parameter.ParameterPolicies.Select(policy => policy.Content));
}
