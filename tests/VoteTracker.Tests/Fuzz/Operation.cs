using System.Text.Json.Nodes;
using VoteTracker.Endpoints.Metadata;

namespace VoteTracker.Tests.Fuzz;

/// <summary>An operation of the contract: what it accepts, and what it returns.</summary>
internal sealed record Operation(string Method, string Template)
{
    public required IReadOnlyList<Parameter> Parameters { get; init; }

    /// <summary>The bodies that it accepts; empty if it accepts none.</summary>
    public required IReadOnlyList<AcceptedBody> Bodies { get; init; }

    /// <summary>What it returns, by status.</summary>
    public required IReadOnlyDictionary<int, DocumentedResponse> Responses { get; init; }

    // These compute, or return a large body.
    private static readonly string[] Costly = ["forecast", "path", "calibration", "tree", "outcome", "member-states"];

    /// <summary>How often it is requested, compared with others: packages and exports cost much more than reads.</summary>
    public int Weight =>
        Returns("application/zip") ? 1
        : Template.StartsWith("/v1/export/", StringComparison.Ordinal) ? 2
        : Template.Contains("/export/", StringComparison.Ordinal) ? 6
        : Method == "GET" && Costly.Contains(Template.Split('/')[^1]) ? 4
        : Method == "GET" ? 30
        : 60;

    public bool IsStream => Returns("text/event-stream");

    public override string ToString() => $"{Method} {Template}";

    private bool Returns(string mediaType) => Responses.Values.Any(r => r.Contents.ContainsKey(mediaType));
}

/// <summary>A parameter of an operation; the schema has no reference at its top.</summary>
internal sealed record Parameter(string Name, string Place, JsonObject Schema, string? Example);

/// <summary>A body that an operation accepts.</summary>
internal sealed record AcceptedBody(string MediaType, JsonObject Schema);

/// <summary>A documented response: its media types with their schemas, and the headers that it always has.</summary>
internal sealed record DocumentedResponse(
    IReadOnlyDictionary<string, JsonNode> Contents,
    IReadOnlyList<string> Headers
);
