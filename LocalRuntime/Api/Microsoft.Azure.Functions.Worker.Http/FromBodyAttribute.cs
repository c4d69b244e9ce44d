namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>Gives a function the request's JSON body, as the parameter's type.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FromBodyAttribute : Attribute;
