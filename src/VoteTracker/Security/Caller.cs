using System.Collections.Frozen;

namespace VoteTracker.Security;

/// <summary>The sender of a request: the holder of a key, or anonymous (<see cref="Role"/> is null).</summary>
public sealed record Caller(KeyRole? Role, string Label, string? KeyId)
{
    /// <summary>The hash of its key; null without a key, and for the key in the settings.</summary>
    public string? KeyHash { get; init; }

    /// <summary>Whether it is a person who signed in with the organisation, not the holder of a key.</summary>
    internal bool IsPerson { get; init; }

    /// <summary>The resolutions to which its key is limited; null without a limit.</summary>
    internal KeyScope? Scope { get; init; }

    // The rights at the address of the request, if the key has a scope.
    private FrozenSet<Right>? RightsHere { get; init; }

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

    /// <summary>Whether the caller has this right at the address of its request.</summary>
    internal bool May(Right right) => (RightsHere ?? Rights.List(Role)).Contains(right);

    /// <summary>Whether the caller may see every resolution, also private ones that its address does not name.</summary>
    internal bool SeesAllResolutions => Scope is null && May(Right.SeeResolutions);

    /// <summary>Whether the caller may see this resolution, whatever its visibility.</summary>
    internal bool SeesAlways(string resolution) => Scope?.Contains(resolution) ?? May(Right.SeeResolutions);

    /// <summary>
    /// The same caller with the rights that it has at the address of a request. This is the only place that applies the
    /// scope of a key: outside of it, the rights are those of an anonymous caller.
    /// </summary>
    internal Caller At(HttpContext http) =>
        Scope is null
            ? this
            : this with
            {
                RightsHere = Scope.Covers(http) ? Rights.ListInScope(HeldRole) : Rights.ListOutsideScope(),
            };

    /// <summary>The caller of a request, as <see cref="ApiKeyMiddleware"/> found it.</summary>
    public static Caller FromContext(HttpContext http) => http.Features.Get<Caller>() ?? Anonymous;
}
