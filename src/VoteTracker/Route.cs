namespace VoteTracker;

/// <summary>A row of <see cref="Routes"/>: an endpoint with its method and addresses.</summary>
internal sealed record Route(string Method, Type Endpoint, IReadOnlyList<string> Paths)
{
    /// <summary>Whether it is a page or a form of a page, which the contract does not have.</summary>
    public bool IsPage { get; init; }
}
