namespace Microsoft.Azure.Functions.Worker;

/// <summary>Which key a host asks for before it calls an HTTP function; the embedded host does once it was given keys.</summary>
public enum AuthorizationLevel
{
    /// <summary>No key.</summary>
    Anonymous = 0,

    /// <summary>The token of a user.</summary>
    User = 1,

    /// <summary>A key of the function or of the app.</summary>
    Function = 2,

    /// <summary>A key of an extension.</summary>
    System = 3,

    /// <summary>The app's master key.</summary>
    Admin = 4,
}
