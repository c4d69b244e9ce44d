namespace LocalRuntime.Storage;

/// <summary>An instance to be created.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Start">The message that starts it.</param>
/// <param name="IfTaken">For a child instance: the message that its parent gets instead if the id is taken.</param>
public sealed record NewInstance(InstanceRow Row, InstanceMessage Start, InstanceMessage? IfTaken = null);
