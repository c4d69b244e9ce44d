using Microsoft.AspNetCore.Http;

namespace LocalFunctionsHost.Functions;

/// <summary>One call of an HTTP function.</summary>
/// <param name="Http">The request and its response.</param>
/// <param name="Function">The function's context.</param>
internal sealed record HttpInvocation(HttpContext Http, LocalFunctionContext Function);
