namespace VoteTracker.Security;

/// <summary>Who is calling: nobody we know, or the holder of a key.</summary>
internal sealed record Caller(Role Role, string Label, string? KeyId)
{
    /// <summary>What is kept of its key; null without one, and for the settings' own.</summary>
    public string? KeyHash { get; init; }

    /// <summary>What the key of the settings signs with.</summary>
    public const string LabelOfSettings = "admin key of the settings";

    /// <summary>Without a key.</summary>
    public static readonly Caller Anonymous = new(Role.Anonymous, "anonymous", null);

    /// <summary>The service itself, for what it loads from its own facts.</summary>
    public static readonly Caller Record = new(Role.Coordinator, "record", null);

    /// <summary>Whether the caller may see what is not public.</summary>
    public bool IsViewer => Role >= Role.Viewer;

    /// <summary>The caller of a request, as <see cref="ApiKeyMiddleware"/> found it.</summary>
    public static Caller FromContext(HttpContext http) => http.Features.Get<Caller>() ?? Anonymous;
}
