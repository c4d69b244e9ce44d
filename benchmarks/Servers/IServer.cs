namespace BookingFunctions.Benchmarks.Servers;

/// <summary>What books trips and is measured at it.</summary>
internal interface IServer : IAsyncDisposable
{
    /// <summary>What it is called in reports.</summary>
    string Name { get; }

    /// <summary>Where trips are posted to.</summary>
    Uri Trips { get; }

    /// <summary>The folder that has its data, and nothing else.</summary>
    string Folder { get; }

    /// <summary>Reads what was counted for it since its start.</summary>
    ServerReading Read();
}
