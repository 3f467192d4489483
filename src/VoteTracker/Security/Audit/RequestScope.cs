using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Database.Audit;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Security.Audit;

/// <summary>
/// The scope of a request. Its first successful write has the entry; further writes of the same request belong to it. A
/// write that returns a problem has changed nothing, and has no entry, unless the problem shows a contact.
/// </summary>
internal sealed class RequestScope(HttpContext http) : AuditScope
{
    private Caller? _caller;
    private AuditAction _action = AuditAction.Write;
    private volatile bool _isCommitted;

    /// <summary>Sets the author and the kind of the entry: at a sign-in, the request itself has no key.</summary>
    public static void Set(AuditAction action, Caller? caller = null)
    {
        if (Current is RequestScope scope)
        {
            (scope._action, scope._caller) = (action, caller);
        }
    }

    /// <inheritdoc/>
    public override AuditEntry? CreateEntry(Write write, object? result)
    {
        if (_isCommitted)
        {
            return null;
        }
        var response = result is INestedHttpResult nested ? nested.Result : result;
        if (response is IStatusCodeHttpResult { StatusCode: >= 300 })
        {
            return ShowsContact(response) ? Create(http, AuditAction.Read) with { At = write.Now } : null;
        }
        return new AuditEntry
        {
            Action = write.AuditAction ?? EnumWord<AuditAction>.ToWord(_action),
            Operation = OperationOf(http),
            Author = AuthorOf(_caller ?? Caller.FromContext(http)),
            Target = AuditTarget.Create(http, write.AuditTarget, response),
            Address = AddressOf(http),
            Count = write.AuditCount,
            At = write.Now,
        };
    }

    /// <inheritdoc/>
    public override void OnCommitted() => _isCommitted = true;

    /// <summary>The entry of a request.</summary>
    public static AuditEntry Create(HttpContext http, AuditAction action) =>
        new()
        {
            Action = EnumWord<AuditAction>.ToWord(action),
            Operation = OperationOf(http),
            Author = AuthorOf(Caller.FromContext(http)),
            Target = AuditTarget.Create(http),
            Address = AddressOf(http),
        };

    /// <summary>
    /// The address of the client, as the trusted proxies report it. An IPv4 address is written as such, also on a socket for
    /// both versions.
    /// </summary>
    public static string? AddressOf(HttpContext http) =>
        http.Connection.RemoteIpAddress is not { } address ? null
        : address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString()
        : address.ToString();

    /// <summary>The author in an entry: the id of the key, `settings`, `anonymous`, or the label of a caller without a key.</summary>
    public static string AuthorOf(Caller caller) =>
        caller.KeyId
        ?? (
            caller.IsAnonymous ? Rights.Anonymous
            : caller.Label == Caller.LabelOfSettings ? "settings"
            : caller.Label
        );

    /// <summary>Whether the responses of an endpoint that writes can show contacts or engagements.</summary>
    public static bool ShowsContacts(IEnumerable<object> metadata) =>
        metadata.OfType<RequiresRight>().LastOrDefault()?.Right == Right.EditContacts;

    private static string OperationOf(HttpContext http)
    {
        var route = PathParameters.RouteOf(http);
        return route is null ? http.Request.Method
            : route.StartsWith('/') ? $"{http.Request.Method} {route}"
            : $"{http.Request.Method} /{route}";
    }

    // A 412 shows the current contact or engagement, so it is a read. Otherwise a wrong version would read without an entry.
    private bool ShowsContact(object response) =>
        response is ProblemHttpResult { ProblemDetails.Extensions: var more }
        && more.ContainsKey("current")
        && http.GetEndpoint() is { } endpoint
        && ShowsContacts(endpoint.Metadata);
}
