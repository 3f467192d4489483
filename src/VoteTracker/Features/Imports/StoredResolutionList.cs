using System.Data.Common;
using Dapper;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Imports.Reading;
using VoteTracker.Live;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Imports;

/// <summary>The resolutions in the database, to find the one that the file describes.</summary>
internal sealed class StoredResolutionList
{
    private readonly Dictionary<string, StoredResolutionKey> _byId;
    private readonly ILookup<string, StoredResolutionKey> _voted;
    private readonly HashSet<string> _drafts;

    private StoredResolutionList(IReadOnlyList<StoredResolutionKey> keys, VotingDataFile file)
    {
        _byId = keys.ToDictionary(key => key.Id, StringComparer.Ordinal);
        var taken = file.Resolutions.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        _voted = keys.Where(key => key.IsVotedDraft && !taken.Contains(key.Id))
            .ToLookup(key => ResolutionId.OfSymbol(key.Symbol ?? "") ?? "", StringComparer.Ordinal);
        // If the file has several votes on a draft, it does not say which of them the campaign entered.
        _drafts =
        [
            .. file
                .Resolutions.Select(DraftIdOf)
                .OfType<string>()
                .CountBy(id => id)
                .Where(count => count.Value == 1)
                .Select(count => count.Key),
        ];
    }

    public static async Task<StoredResolutionList> Load(DbConnection connection, VotingDataFile file) =>
        new(
            [
                .. await connection.QueryAsync<StoredResolutionKey>(
                    $"""
                    SELECT
                        r.id, r.symbol, r.kind, r.origin, l.sha256,
                        CAST((
                            SELECT source FROM roll_call WHERE resolution = r.id AND {CurrentRollCall.Newest}
                        ) AS TEXT) AS source
                    FROM resolution r
                    {CurrentLibraryRecord.Join}
                    ORDER BY r.id
                    """
                ),
            ],
            file
        );

    /// <summary>
    /// The resolution with the same id. If there is none, the draft of a user that was voted on and has the symbol of the
    /// file's resolution, or of its draft: an adopted draft gets another symbol. Null if the resolution is new.
    /// </summary>
    public StoredResolutionKey? Find(VotingDataResolution resolution) =>
        _byId.GetValueOrDefault(resolution.Id)
        ?? _voted[resolution.Id].FirstOrDefault()
        ?? (DraftIdOf(resolution) is { } draft && _drafts.Contains(draft) ? _voted[draft].FirstOrDefault() : null);

    private static string? DraftIdOf(VotingDataResolution resolution) =>
        resolution.Head.Draft is { } draft ? ResolutionId.OfSymbol(draft) : null;
}

/// <summary>The identity of a resolution in the database, and the source of its current roll call.</summary>
internal sealed record StoredResolutionKey
{
    public string Id { get; init; } = "";
    public string? Symbol { get; init; }
    public string Kind { get; init; } = "";
    public string Origin { get; init; } = "";
    public string? Sha256 { get; init; }
    public string? Source { get; init; }

    /// <summary>Whether a user wrote or changed it. Otherwise it is reference data, or from a file.</summary>
    public bool IsOfUser => Origin == "user";

    /// <summary>Whether the campaign entered the current roll call.</summary>
    public bool IsOfCampaign => Source == EnumWord<RollCallSource>.ToWord(RollCallSource.Campaign);

    /// <summary>Whether it is a draft that a user wrote and that was voted on.</summary>
    public bool IsVotedDraft =>
        IsOfUser && Source is not null && Kind == EnumWord<ResolutionKind>.ToWord(ResolutionKind.Draft);
}
