namespace VoteTracker.Endpoints;

/// <summary>
/// Marks a request type with a binder of its own, because its body is not simply JSON of that type: a patch, a file, or
/// CSV beside JSON. Its endpoint declares the body in <c>Configure</c>.
/// </summary>
internal interface ICustomBody;
