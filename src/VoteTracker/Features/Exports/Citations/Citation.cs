using System.Globalization;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Features.Exports.Packages;

namespace VoteTracker.Features.Exports.Citations;

/// <summary>The suggested citation of exported data. It depends only on the data, so the same moment gives the same text.</summary>
internal sealed record Citation
{
    /// <summary>The author of the compilation.</summary>
    public const string Author = "VoteTracker";

    /// <summary>The name for programs, of letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    public required string Version { get; init; }

    /// <summary>The moment of the data.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The address of the data: absolute, or relative if the public address of the service is not known.</summary>
    public required string Address { get; init; }

    /// <summary>Whether recorded votes of the United Nations are in the data. Then the UN is cited, too.</summary>
    public required bool HasRecord { get; init; }

    /// <summary>Whether the address is a URL, and not relative.</summary>
    public bool HasUrl => Uri.TryCreate(Address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    /// <summary>The key of the entry in a bibliography.</summary>
    public string Key =>
        string.Create(CultureInfo.InvariantCulture, $"votetracker-{Name}-{AsOf.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}");

    /// <summary>The terms of the record.</summary>
    public static TermsOfUse Record { get; } = TermsOfUse.ForOwner(Owner.Record);

    /// <summary>The citation as text.</summary>
    public string ToText() =>
        $"""
            Suggested citation

            {Author}. {Title}. Version {Version}, as of {Moments.Text(AsOf)}. Data package.
            {Address}

            """
        + (
            HasRecord
                ? $"""

                    Cite the source of the recorded votes, too
                    {Record.Source}. {Record.Path}
                    {Record.Title}.

                    """
                : ""
        );
}
