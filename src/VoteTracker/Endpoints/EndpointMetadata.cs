namespace VoteTracker.Endpoints;

/// <summary>
/// The body that an endpoint takes, for the contract. Routing would read the framework's own metadata for this and return
/// 415 for another type, before the key is checked and not as a problem.
/// </summary>
internal sealed record AcceptedBody(Type Type, params IReadOnlyList<string> MediaTypes);

/// <summary>The file that an endpoint takes, for the contract.</summary>
internal sealed record AcceptedFile(string Description, IReadOnlyList<string> MediaTypes);

/// <summary>What a problem's status means at an endpoint.</summary>
internal sealed record ProblemMeaning(int Status, string Meaning);

/// <summary>What a problem of this status lists under `lines`.</summary>
internal sealed record ProblemLines(int Status, Type Item);

/// <summary>Marks an endpoint whose success has an ETag, although its requests are not conditional.</summary>
internal sealed record AnswersETag;

/// <summary>Marks an endpoint whose responses have an ETag, and which answers 304.</summary>
internal sealed record ConditionalRead;

/// <summary>Marks an endpoint that returns a page of a list.</summary>
internal sealed record Pages;

/// <summary>Marks an endpoint that takes an `Idempotency-Key`.</summary>
internal sealed record Idempotent;
