namespace BookingFunctions.Tests.EndToEnd;

/// <summary>Where an application under test keeps its state.</summary>
public interface IAppState
{
    /// <summary>The folder that the application is started in: not the tests', as it must not depend on the current one.</summary>
    string Folder { get; }

    /// <summary>What the command line says of it.</summary>
    IReadOnlyList<string> Arguments { get; }

    /// <summary>What the environment says of it.</summary>
    IReadOnlyList<(string Name, string Value)> Settings { get; }

    /// <summary>Notes that an application has it now.</summary>
    void Use();
}
