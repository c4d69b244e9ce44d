namespace LocalFunctionsHost.Settings;

/// <summary>An option of the command line that a program adds to those of the host.</summary>
/// <param name="Key">Its name, without dashes: it is the configuration key of its value as well.</param>
/// <param name="Value">What its value is called in the usage, such as <c>FILE</c>.</param>
/// <param name="Usage">What it does, for the usage; it may have several lines.</param>
public sealed record HostOption(string Key, string Value, string Usage);
