namespace VoteTracker.Security;

/// <summary>The sender of a request: the holder of a key, or anonymous (<see cref="Role"/> is null).</summary>
public sealed record Caller(KeyRole? Role, string Label, string? KeyId)
{
    /// <summary>The hash of its key; null without a key, and for the key in the settings.</summary>
    public string? KeyHash { get; init; }

    /// <summary>The author of changes made with the key in the settings.</summary>
    public const string LabelOfSettings = "admin key of the settings";

    /// <summary>The author of changes that the service makes by itself, such as disabling a webhook.</summary>
    public const string LabelOfService = "service";

    /// <summary>A caller without a key.</summary>
    public static readonly Caller Anonymous = new(null, Rights.Anonymous, null);

    /// <summary>The service itself, as the author of the facts that it ships with.</summary>
    public static readonly Caller Record = new(KeyRole.Coordinator, "record", null);

    /// <summary>Whether the caller has no key.</summary>
    public bool IsAnonymous => Role is null;

    /// <summary>The role of a caller with a key.</summary>
    internal KeyRole HeldRole => Role ?? throw new InvalidOperationException("The caller has no key.");

    /// <summary>Whether the caller's role has this right.</summary>
    internal bool May(Right right) => Rights.List(Role).Contains(right);

    /// <summary>The caller of a request, as <see cref="ApiKeyMiddleware"/> found it.</summary>
    public static Caller FromContext(HttpContext http) => http.Features.Get<Caller>() ?? Anonymous;
}
