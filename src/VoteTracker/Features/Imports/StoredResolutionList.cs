using System.Data.Common;
using Dapper;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Imports.Reading;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Imports;

/// <summary>The texts in the database, to find the one that a text of the file is.</summary>
internal sealed class StoredResolutionList
{
    private readonly Dictionary<string, StoredResolutionKey> _byId;
    private readonly ILookup<string, StoredResolutionKey> _voted;
    private readonly HashSet<string> _drafts;

    private StoredResolutionList(IReadOnlyList<StoredResolutionKey> keys, VotingDataFile file)
    {
        _byId = keys.ToDictionary(key => key.Id, StringComparer.Ordinal);
        var taken = file.Texts.Select(text => text.Id).ToHashSet(StringComparer.Ordinal);
        _voted = keys.Where(key => key.IsVotedDraft && !taken.Contains(key.Id))
            .ToLookup(key => ResolutionId.OfSymbol(key.Symbol ?? "") ?? "", StringComparer.Ordinal);
        // If the file has several votes on a draft, it does not say which of them the campaign entered.
        _drafts =
        [
            .. file
                .Texts.Select(DraftIdOf)
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
                    """
                    SELECT
                        r.id, r.symbol, r.kind, r.origin, l.sha256,
                        CAST((
                            SELECT c.source FROM roll_call c
                            WHERE c.resolution = r.id AND c.removed_at IS NULL
                            ORDER BY c.version DESC
                            LIMIT 1
                        ) AS TEXT) AS source
                    FROM resolution r
                    LEFT JOIN library_record l ON l.resolution = r.id AND l.changed_at = (
                        SELECT MAX(changed_at) FROM library_record WHERE resolution = r.id
                    )
                    ORDER BY r.id
                    """
                ),
            ],
            file
        );

    /// <summary>
    /// The text with the id of the file's text. If there is none, the draft of a user that was voted on and has the symbol
    /// of the file's text, or of its draft: the Assembly gives a draft another symbol when it adopts it. Null if the text
    /// is new.
    /// </summary>
    public StoredResolutionKey? Find(VotingDataResolution text) =>
        _byId.GetValueOrDefault(text.Id)
        ?? _voted[text.Id].FirstOrDefault()
        ?? (DraftIdOf(text) is { } draft && _drafts.Contains(draft) ? _voted[draft].FirstOrDefault() : null);

    private static string? DraftIdOf(VotingDataResolution text) =>
        text.Head.Draft is { } draft ? ResolutionId.OfSymbol(draft) : null;
}

/// <summary>What identifies a text in the database, and the source of the roll call that counts.</summary>
internal sealed record StoredResolutionKey
{
    public string Id { get; init; } = "";
    public string? Symbol { get; init; }
    public string Kind { get; init; } = "";
    public string Origin { get; init; } = "";
    public string? Sha256 { get; init; }
    public string? Source { get; init; }

    /// <summary>Whether a user wrote it; otherwise it came with the service or from a file.</summary>
    public bool IsOfUser => Origin == "user";

    /// <summary>Whether the roll call that counts was entered by the campaign.</summary>
    public bool IsOfCampaign => Source == EnumWord<RollCallSource>.ToWord(RollCallSource.Campaign);

    /// <summary>Whether it is a draft that a user wrote and that was voted on.</summary>
    public bool IsVotedDraft =>
        IsOfUser && Source is not null && Kind == EnumWord<ResolutionKind>.ToWord(ResolutionKind.Draft);
}
