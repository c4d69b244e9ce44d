namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>A request, as the Azure worker gives it without ASP.NET Core. Here for the signatures that name it.</summary>
public abstract class HttpRequestData
{
    // Internal: the embedded host gives functions an HttpRequest of ASP.NET Core, so nobody has one of these.
    internal HttpRequestData()
    {
    }
}
