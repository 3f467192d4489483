using System.Data.Common;
using System.Globalization;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Exports.Tables;
using VoteTracker.Features.Resolutions;
using VoteTracker.Voting.Records;

namespace VoteTracker.Features.Exports.Citations;

/// <summary>How to cite the data of a resolution.</summary>
public sealed record ResolutionCitation
{
    /// <summary>The citation as text, with the source of the recorded votes.</summary>
    public required string Text { get; init; }

    /// <summary>The citation as BibTeX.</summary>
    public required string Bibtex { get; init; }

    /// <summary>The citation as `CITATION.cff` (Citation File Format 1.2.0).</summary>
    public required string Cff { get; init; }

    /// <summary>The address of the data package as of `asOf`. The same release always returns the same bytes there.</summary>
    public required string Url { get; init; }

    /// <summary>The version of the resolution that is cited.</summary>
    public required string Version { get; init; }

    /// <summary>The moment of the last change of the resolution; UTC.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Cites the current data of a resolution.</summary>
    /// <param name="connection">The connection to the database.</param>
    /// <param name="resolution">The resolution.</param>
    /// <param name="origin">The address of the service, without a final slash.</param>
    internal static async Task<ResolutionCitation> Load(DbConnection connection, Resolution resolution, string origin)
    {
        var row = await ResolutionExportRow.Find(connection, resolution.Id, DateTimeOffset.MaxValue);
        var citation = new Citation
        {
            Name = resolution.Id,
            Title = ResolutionTitle.ForPeople(row),
            Description = ResolutionTitle.Description,
            Version = resolution.Version.ToString(CultureInfo.InvariantCulture),
            AsOf = resolution.ChangedAt,
            Address = $"{origin}/v1/resolutions/{resolution.Id}/export.zip?asOf={Moments.Text(resolution.ChangedAt)}",
            HasRecord = row.Source == RollCallSource.Library,
        };
        return new ResolutionCitation
        {
            Text = citation.ToText(),
            Bibtex = BibTeX.Write(citation),
            Cff = CitationFile.Write(citation),
            Url = citation.Address,
            Version = citation.Version,
            AsOf = citation.AsOf,
        };
    }
}
