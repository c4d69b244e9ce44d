namespace LocalFunctionsHost.Functions;

/// <summary>The functions of an app, by their triggers.</summary>
internal sealed record FunctionCatalog(
    IReadOnlyList<HttpFunction> Http, IReadOnlyList<OrchestratorFunction> Orchestrators, IReadOnlyList<ActivityFunction> Activities);
