using System.Collections.Immutable;
using Microsoft.Azure.Functions.Worker;

namespace LocalFunctionsHost.Functions;

/// <summary>What a function's context says of the function.</summary>
/// <param name="function">The function.</param>
internal sealed class LocalFunctionDefinition(FunctionMethod function) : FunctionDefinition
{
    /// <inheritdoc/>
    public override string Id => function.EntryPoint;

    /// <inheritdoc/>
    public override string Name => function.Name;

    /// <inheritdoc/>
    public override string EntryPoint => function.EntryPoint;

    /// <inheritdoc/>
    public override string PathToAssembly => function.Method.Module.FullyQualifiedName;

    /// <inheritdoc/>
    public override ImmutableArray<FunctionParameter> Parameters { get; } =
        [.. function.Parameters.Select(parameter => new FunctionParameter(parameter.Name!, parameter.ParameterType))];

    /// <inheritdoc/>
    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; } =
        ImmutableDictionary<string, BindingMetadata>.Empty;

    /// <inheritdoc/>
    public override IImmutableDictionary<string, BindingMetadata> OutputBindings { get; } =
        ImmutableDictionary<string, BindingMetadata>.Empty;
}
