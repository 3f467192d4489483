using System.Net;

namespace VoteTracker.Web.Guide;

/// <summary>A chapter of the guide: a Markdown file of the project, rendered once.</summary>
public sealed record Chapter
{
    /// <summary>The last part of its address.</summary>
    public required string Name { get; init; }

    /// <summary>The path of its file in the repository.</summary>
    public required string File { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>Its first sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Its headings of the second level.</summary>
    public required IReadOnlyList<(string Id, string Text)> Headings { get; init; }

    /// <summary>The chapter as HTML, cut at each place where an example names the service.</summary>
    public required IReadOnlyList<string> Parts { get; init; }

    /// <summary>The chapter as HTML, with examples for the service at this address.</summary>
    public string Html(string origin) => string.Join(WebUtility.HtmlEncode(origin), Parts);
}
