using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;

namespace LocalFunctionsHost.Client;

/// <summary>What a <see cref="LocalDurableTaskClient"/> starts instances with, and how it writes values.</summary>
public sealed record LocalDurableTaskClientOptions
{
    /// <summary>
    /// The version of instances that are started without one; empty for none. From <c>host.json</c>'s <c>defaultVersion</c>.
    /// </summary>
    public string DefaultVersion { get; init; } = "";

    /// <summary>Turns values into JSON and back.</summary>
    public DataConverter Converter { get; init; } = JsonDataConverter.Default;

    /// <summary>Stamps what is sent, and paces polling.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Makes ids of instances and executions.</summary>
    public Func<Guid> NewGuid { get; init; } = Guid.NewGuid;
}
