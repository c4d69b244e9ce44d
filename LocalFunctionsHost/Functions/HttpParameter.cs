using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using LocalFunctionsHost.Client;
using LocalFunctionsHost.Http;
using LocalFunctionsHost.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LocalFunctionsHost.Functions;

/// <summary>Gives the parameters of HTTP functions their values.</summary>
internal static class HttpParameter
{
    /// <summary>Decides where a parameter's value comes from.</summary>
    /// <exception cref="HostStartException">From nowhere that this host has.</exception>
    public static Func<HttpInvocation, ValueTask<object?>> Binder(FunctionMethod function, ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (type == typeof(HttpRequest))
        {
            return call => ValueTask.FromResult<object?>(call.Http.Request);
        }

        if (parameter.IsDefined(typeof(HttpTriggerAttribute)))
        {
            throw FunctionBinding.Wrong(
                function,
                $"has [HttpTrigger] on a parameter of the type {type.Name}; "
                + "take an HttpRequest of ASP.NET Core, and the body by [FromBody]");
        }

        if (parameter.IsDefined(typeof(DurableClientAttribute)))
        {
            return type == typeof(DurableTaskClient)
                ? call => ValueTask.FromResult<object?>(ClientFor(call))
                : throw FunctionBinding.Wrong(
                    function, $"has [DurableClient] on a parameter of the type {type.Name}; it takes a DurableTaskClient");
        }

        if (parameter.IsDefined(typeof(FromBodyAttribute)))
        {
            return call => ReadBodyAsync(call.Http, parameter);
        }

        if (type == typeof(FunctionContext))
        {
            return call => ValueTask.FromResult<object?>(call.Function);
        }

        if (type == typeof(CancellationToken))
        {
            return call => ValueTask.FromResult<object?>(call.Function.CancellationToken);
        }

        var converter = TypeDescriptor.GetConverter(Nullable.GetUnderlyingType(type) ?? type);
        return converter.CanConvertFrom(typeof(string))
            ? call => ValueTask.FromResult(FromRequest(call.Http, parameter, converter))
            : throw FunctionBinding.Wrong(
                function,
                $"has the parameter '{parameter.Name}' of the type {type.Name}, which neither the route nor the query can give; "
                + "mark it with [FromBody], or let the class take it from the services");
    }

    private static DurableTaskClient ClientFor(HttpInvocation call) =>
        call.Function.InstanceServices.GetRequiredService<FunctionsClientSource>().Get(call.Http.Request);

    /// <summary>A route value, or else a value of the query, as the Azure host offers both under their names.</summary>
    private static object? FromRequest(HttpContext http, ParameterInfo parameter, TypeConverter converter)
    {
        var name = parameter.Name!;
        var text = http.GetRouteValue(name)?.ToString()
            ?? (http.Request.Query.TryGetValue(name, out var values) ? values[^1] : null);
        if (text is null)
        {
            return DefaultOf(parameter);
        }

        try
        {
            return converter.ConvertFromInvariantString(text);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            throw new BadRequestException(StatusCodes.Status400BadRequest, $"'{name}' can't be '{text}'.", e);
        }
    }

    // The declared default of a struct reads as null.
    private static object? DefaultOf(ParameterInfo parameter) =>
        (parameter.HasDefaultValue ? parameter.DefaultValue : null) ?? Values.Default(parameter.ParameterType);

    private static async ValueTask<object?> ReadBodyAsync(HttpContext http, ParameterInfo parameter)
    {
        var request = http.Request;
        if (!RequestBody.IsSent(request))
        {
            return parameter.HasDefaultValue ? DefaultOf(parameter)
                : Nullable.GetUnderlyingType(parameter.ParameterType) is not null
                    || new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable ? null
                : throw new BadRequestException(StatusCodes.Status400BadRequest, "The request has no body; send JSON.");
        }

        if (!request.HasJsonContentType())
        {
            throw new BadRequestException(
                StatusCodes.Status415UnsupportedMediaType, $"The body is '{request.ContentType}'; send it as application/json.");
        }

        if (request.Headers.ContentEncoding.Count > 0)
        {
            throw new BadRequestException(
                StatusCodes.Status415UnsupportedMediaType,
                $"The body's Content-Encoding is '{request.Headers.ContentEncoding}'; send it without one.");
        }

        try
        {
            var options = http.RequestServices.GetRequiredService<IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>>().Value;
            return await request.ReadFromJsonAsync(parameter.ParameterType, options.SerializerOptions, http.RequestAborted);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: half a surrogate pair, or an unknown character set. Only the parser's messages name no types.
            var reason = e.InnerException is JsonException parser ? $": {parser.Message}"
                : e is JsonException { Path: { } path } ? $" at {path}."
                : ".";
            throw new BadRequestException(StatusCodes.Status400BadRequest, $"The body is not what is expected{reason}", e);
        }
    }
}
