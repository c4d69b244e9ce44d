using System.Collections.Immutable;

namespace Microsoft.DurableTask.Client;

/// <summary>An orchestration instance, as it was when it was read.</summary>
/// <param name="name">The orchestrator's name.</param>
/// <param name="instanceId">The instance's id.</param>
public sealed class OrchestrationMetadata(string name, string instanceId)
{
    private const int ShownLength = 50;

    /// <summary>The orchestrator's name.</summary>
    public string Name { get; } = name;

    /// <summary>The instance's id.</summary>
    public string InstanceId { get; } = instanceId;

    /// <summary>What reads inputs and outputs; null if they were not read.</summary>
    public DataConverter? DataConverter { get; init; }

    /// <summary>The status.</summary>
    public OrchestrationRuntimeStatus RuntimeStatus { get; init; }

    /// <summary>When it was created, in UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed, in UTC.</summary>
    public DateTimeOffset LastUpdatedAt { get; init; }

    /// <summary>The input as JSON; null if there is none or it was not read.</summary>
    public string? SerializedInput { get; init; }

    /// <summary>
    /// The output as JSON; a plain text that says why for an instance that failed, was terminated or is suspended; null
    /// if there is none or it was not read.
    /// </summary>
    public string? SerializedOutput { get; init; }

    /// <summary>The custom status as JSON; null if it was not read.</summary>
    public string? SerializedCustomStatus { get; init; }

    /// <summary>The tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Why it failed, where the host tells it; else null.</summary>
    public TaskFailureDetails? FailureDetails { get; init; }

    /// <summary>Whether it was running.</summary>
    public bool IsRunning => RuntimeStatus == OrchestrationRuntimeStatus.Running;

    /// <summary>Whether it had ended.</summary>
    public bool IsCompleted => RuntimeStatus
        is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;

    /// <summary>Reads the input.</summary>
    /// <typeparam name="T">What to read it as.</typeparam>
    /// <exception cref="InvalidOperationException">Inputs and outputs were not asked for.</exception>
    public T? ReadInputAs<T>() => Converter("input").Deserialize<T>(SerializedInput);

    /// <summary>Reads the output.</summary>
    /// <typeparam name="T">What to read it as.</typeparam>
    /// <exception cref="InvalidOperationException">Inputs and outputs were not asked for.</exception>
    public T? ReadOutputAs<T>() => Converter("output").Deserialize<T>(SerializedOutput);

    /// <summary>Reads the custom status.</summary>
    /// <typeparam name="T">What to read it as.</typeparam>
    /// <exception cref="InvalidOperationException">Inputs and outputs were not asked for.</exception>
    public T? ReadCustomStatusAs<T>() => Converter("custom status").Deserialize<T>(SerializedCustomStatus);

    /// <summary>The name, the id, the status and the times; the start of the input, the output and the failure, where they were read.</summary>
    public override string ToString()
    {
        var text = $"[Name: '{Name}', ID: '{InstanceId}', RuntimeStatus: {RuntimeStatus}, CreatedAt: {CreatedAt:s}, LastUpdatedAt: {LastUpdatedAt:s}";
        text += SerializedInput is null ? "" : $", Input: '{Start(SerializedInput)}'";
        text += SerializedOutput is null ? "" : $", Output: '{Start(SerializedOutput)}'";
        text += FailureDetails is null ? "" : $", FailureDetails: '{FailureDetails.ErrorType} - {Start(FailureDetails.ErrorMessage)}'";
        return text + "]";
    }

    private static string Start(string text) => text.Length > ShownLength ? $"{text[..ShownLength]}..." : text;

    private DataConverter Converter(string what) => DataConverter ?? throw new InvalidOperationException(
        $"The {what} of '{InstanceId}' was not read. Ask for inputs and outputs when reading the instance.");
}
