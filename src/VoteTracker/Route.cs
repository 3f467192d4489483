namespace VoteTracker;

/// <summary>A row of <see cref="Routes"/>: an endpoint with its method and addresses.</summary>
internal sealed record Route(string Method, Type Endpoint, IReadOnlyList<string> Paths)
{
    /// <summary>Whether it is a page or a form of a page, which the contract does not have.</summary>
    public bool IsPage { get; init; }

    public static Route Get<TEndpoint>(params string[] paths) => new("GET", typeof(TEndpoint), paths);

    // An export of a table: without an ending, the Accept header selects the format.
    public static Route Table<TEndpoint>(string path) => Get<TEndpoint>(path, $"{path}.{{format}}");

    public static Route Picture<TEndpoint>(string picture) =>
        Get<TEndpoint>($"/v1/resolutions/{{id}}/{picture}.svg", $"/v1/resolutions/{{id}}/{picture}.png");

    public static Route Post<TEndpoint>(string path) => new("POST", typeof(TEndpoint), [path]);

    public static Route Put<TEndpoint>(string path) => new("PUT", typeof(TEndpoint), [path]);

    public static Route Patch<TEndpoint>(string path) => new("PATCH", typeof(TEndpoint), [path]);

    // A page for readers with a browser. It declares IsPage(), and the contract does not have it.
    public static Route Page<TEndpoint>(params string[] paths) => Get<TEndpoint>(paths) with { IsPage = true };

    // A form that a page sends.
    public static Route Form<TEndpoint>(string path) => Post<TEndpoint>(path) with { IsPage = true };

    public static Route Delete<TEndpoint>(string path) => new("DELETE", typeof(TEndpoint), [path]);
}
