using System.Reflection;

namespace VoteTracker.Endpoints.Errors;

/// <summary>
/// The problems that the service returns, in order of status; <see cref="ConflictTypes"/> has the conflicts, and
/// <see cref="ConditionTypes"/> the conditions of requests with several resources. The code and
/// the contract take their texts from here.
/// </summary>
/// <remarks>Over 200 lines because each problem is here once, with all of its texts.</remarks>
internal static class ProblemTypes
{
    public static readonly ProblemType Invalid = new(
        "invalid",
        400,
        "The request is not valid",
        "{0}",
        "position is required: one of yes, no, abstain, absent, undecided; DELETE makes it unknown"
    );

    public static readonly ProblemType Refused = new(
        "refused",
        0,
        "",
        "The request is not valid for this address. The routes are listed at /docs."
    );

    public static readonly ProblemType KeyNeeded = new(
        "key-needed",
        401,
        "A key is required",
        "This needs a key with the role {0}. Send it as 'Authorization: Bearer vt_…'.",
        "lobbyist or higher"
    );

    public static readonly ProblemType InvalidKey = new(
        "invalid-key",
        401,
        "The key is not valid",
        "Send 'Authorization: Bearer vt_…' with a key that exists, has not expired and is not revoked. Public data needs no key."
    );

    public static readonly ProblemType RoleTooLow = new(
        "role-too-low",
        403,
        "The key's role is too low",
        "This needs the role {0}. The key has the role {1}.",
        "lobbyist or higher",
        "viewer"
    );

    public static readonly ProblemType OutOfScope = new(
        "out-of-scope",
        403,
        "The key is limited to some resolutions",
        "The key is limited to {0}. This is about another resolution or about the whole team, and needs a key without a limit.",
        "es-10-l-34"
    );

    public static readonly ProblemType SessionProofNeeded = new(
        "session-proof-needed",
        403,
        "The proof of the session is missing",
        "A write with the cookie of a session needs the proof from a page of this service in X-Session-Proof, and must come from the same origin. Or send a key as 'Authorization: Bearer vt_…' without the cookie."
    );

    public static readonly ProblemType ScopeTooNarrow = new(
        "scope-too-narrow",
        403,
        "The share link shows counts alone",
        "This names member states, or has counts that can name one. It needs a share link with the scope positions."
    );

    public static readonly ProblemType NotFound = new(
        "not-found",
        404,
        "Not found",
        "{0}",
        "There is no resolution 'es-10-l-99'."
    );

    public static readonly ProblemType MethodNotAllowed = new(
        "method-not-allowed",
        405,
        "The method is not allowed",
        "This address allows {0}, not {1}.",
        "GET, HEAD, OPTIONS",
        "'POST'"
    );

    public static readonly ProblemType TooSlow = new(
        "too-slow",
        408,
        "The body arrived too slowly",
        "Send the request again over a faster connection."
    );

    public static readonly ProblemType UploadTooSlow = new(
        "too-slow",
        408,
        "The body arrived too slowly",
        "Less than {0} bytes a second arrived for {1} seconds. Nothing was changed. Send the file as gzip, or over a faster connection.",
        "8192",
        "10"
    );

    public static readonly ProblemType CursorGone = new(
        "cursor-gone",
        410,
        "The cursor is no longer valid",
        "The database was restored after this cursor was returned, and items before it can be different. Read the list again from the address in 'restart'."
    );

    public static readonly ProblemType VersionConflict = new(
        "version-conflict",
        412,
        "The resource has changed",
        "The current version is {0}. Compare it with your change, and write again with If-Match: \"{0}\".",
        "7"
    );

    public static readonly ProblemType VersionOfNothing = new(
        "version-conflict",
        412,
        "The resource has changed",
        "The resource does not exist. To create it, write with If-None-Match: *."
    );

    public static readonly ProblemType WeakTag = new(
        "weak-tag",
        412,
        "The entity tag is weak or altered",
        "If-Match needs the strong tag {0}, not {1}. The version is current: send If-Match: {0}. A proxy that compresses responses alters their tags.",
        "\"7\"",
        "'W/\"7\"'"
    );

    public static readonly ProblemType TooLarge = new(
        "too-large",
        413,
        "The body is too large",
        "A request body may have at most {0} bytes.",
        "1048576"
    );

    public static readonly ProblemType UnsupportedMediaType = new(
        "unsupported-media-type",
        415,
        "The media type is not supported",
        "Send the body as {0}.",
        "application/json"
    );

    public static readonly ProblemType UnsupportedCharset = new(
        "unsupported-charset",
        415,
        "The character encoding is not supported",
        "Send the body in UTF-8: the charset of Content-Type must be utf-8, not {0}.",
        "'latin1'"
    );

    public static readonly ProblemType UnsupportedContentEncoding = new(
        "unsupported-content-encoding",
        415,
        "The content encoding is not supported",
        "Content-Encoding must be gzip or identity, once, not {0}.",
        "'br'"
    );

    public static readonly ProblemType AnotherRequest = new(
        "another-request",
        422,
        "The key belongs to another request",
        "This Idempotency-Key was sent with another body or to another address within 24 hours. Send a new key."
    );

    public static readonly ProblemType PreconditionRequired = new(
        "precondition-required",
        428,
        "If-Match or If-None-Match is required",
        "Send If-Match with the ETag that you read, If-None-Match: * to create, or If-Match: * to write over any version."
    );

    public static readonly ProblemType TooManyRequests = new(
        "too-many-requests",
        429,
        "Too many requests",
        "Wait for the seconds in Retry-After, or use a key."
    );

    public static readonly ProblemType TooManyOfKey = new(
        "too-many-requests",
        429,
        "Too many requests",
        "This caller may send {0} requests a minute. Wait for the seconds in Retry-After.",
        "60000"
    );

    public static readonly ProblemType TooManyStreams = new(
        "too-many-requests",
        429,
        "Too many requests",
        "This address has {0} open streams, which is the limit. Close one, or read the tally with GET.",
        "20000"
    );

    public static readonly ProblemType TooManyReads = new(
        "too-many-requests",
        429,
        "Too many requests",
        "{0} exports and other expensive reads of this caller run or wait, which is the limit. Wait until one of them ends.",
        "16"
    );

    public static readonly ProblemType Internal = new(
        "internal",
        500,
        "The service failed",
        "This is a defect of the service, not of the request. Before you repeat a write, read the resource."
    );

    public static readonly ProblemType FormatNotSupported = new(
        "format-not-supported",
        501,
        "The format is not supported",
        "Only JSON is supported. Send format=json, or leave it out."
    );

    public static readonly ProblemType Unavailable = new(
        "unavailable",
        503,
        "Temporarily unavailable",
        "{0}",
        "Too many writes are waiting. Send the request again."
    );

    /// <summary>All of them and the conflicts, in order of status.</summary>
    public static IReadOnlyList<ProblemType> All { get; } =
    [
        .. new[]
        {
            typeof(ProblemTypes),
            typeof(ConflictTypes),
            typeof(PreparationConflictTypes),
            typeof(VoteDayConflictTypes),
            typeof(ConditionTypes),
        }
            .SelectMany(list => list.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => field.GetValue(null))
            .OfType<ProblemType>()
            .OrderBy(type => type.Status),
    ];
}
