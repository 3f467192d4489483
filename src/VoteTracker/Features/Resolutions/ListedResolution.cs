using System.Data.Common;
using System.Globalization;
using Dapper;
using VoteTracker.Endpoints.Text;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Resolutions;

/// <summary>The resolutions that a list has. A property that is null selects all.</summary>
internal sealed record ResolutionFilter
{
    /// <summary>Words in the title, the symbol or the id.</summary>
    public SearchText? Search { get; init; }

    public string? Session { get; init; }

    public ResolutionKind? Kind { get; init; }

    public ResolutionStatus? Status { get; init; }

    /// <summary>Only the amendments, paragraphs and motions of this resolution.</summary>
    public string? Parent { get; init; }

    /// <summary>Whether the vote is still to come, so that stances are counted; null for all.</summary>
    public bool? IsOpen { get; init; }

    /// <summary>With <see cref="IsOpen"/>: also those that were open at this moment, or when they were opened after it.</summary>
    public DateTimeOffset? WasOpenAt { get; init; }

    /// <summary>Whether amendments, paragraphs and motions are left out.</summary>
    public bool OnlyTopLevel { get; init; }
}

/// <summary>A resolution in a list, and its place: the next part of the list begins after it.</summary>
internal sealed record ListedResolution(Resolution Resolution, string Place)
{
    // The visible resolutions of a filter after a place, the newest first.
    private const string InList = """
        WHERE (r.listed_at, r.ordinal) < (@at, @ordinal)
            AND (@isViewer OR r.visibility <> 'private' OR r.id IN @inScope OR EXISTS (SELECT 1 FROM roll_call c WHERE c.resolution = r.id AND c.removed_at IS NULL))
            AND (@Session IS NULL OR r.session = @Session)
            AND (@kind IS NULL OR r.kind = @kind)
            AND (@status IS NULL OR r.status = @status)
            AND (@IsOpen IS NULL OR @IsOpen = (
                r.status NOT IN ('adopted-without-vote', 'withdrawn')
                AND NOT EXISTS (SELECT 1 FROM roll_call c WHERE c.resolution = r.id AND c.removed_at IS NULL)
            ) OR (
                r.changed_at > @wasOpenAt
                AND (
                    SELECT h.status FROM resolution_change h
                    WHERE h.resolution = r.id AND (h.changed_at <= @wasOpenAt OR h.changed_at <= r.created_at)
                    ORDER BY h.version DESC
                    LIMIT 1
                ) NOT IN ('adopted-without-vote', 'withdrawn')
                AND NOT EXISTS (
                    SELECT 1 FROM roll_call c
                    WHERE c.resolution = r.id AND (c.changed_at <= @wasOpenAt OR c.changed_at <= r.created_at)
                        AND (c.removed_at IS NULL OR c.removed_at > @wasOpenAt)
                )
            ))
            AND (NOT @OnlyTopLevel OR r.parent IS NULL)
            AND (@Parent IS NULL OR EXISTS (
                SELECT 1 FROM resolution p
                WHERE p.id = @Parent AND p.id = r.parent
                    AND (@isViewer OR p.visibility <> 'private' OR p.id IN @inScope OR EXISTS (SELECT 1 FROM roll_call c WHERE c.resolution = p.id AND c.removed_at IS NULL))
            ))
        ORDER BY r.listed_at DESC, r.ordinal DESC
        """;

    /// <summary>Lists the resolutions that a caller may see, the newest first.</summary>
    /// <param name="connection">The connection to the database.</param>
    /// <param name="filter">The resolutions that the list has.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="after">The place after which this part of the list begins; null for the start.</param>
    /// <param name="limit">The largest number of resolutions.</param>
    public static async Task<IReadOnlyList<ListedResolution>> List(
        DbConnection connection,
        ResolutionFilter filter,
        Caller caller,
        string? after,
        int limit
    )
    {
        var (at, ordinal) = after?.Split(' ') is [var ticks, var number]
            ? (new DateTimeOffset(Number(ticks), TimeSpan.Zero), Number(number))
            : (DateTimeOffset.MaxValue, long.MaxValue);
        var part = new
        {
            filter.Session,
            kind = EnumWord<ResolutionKind>.ToWord(filter.Kind),
            status = EnumWord<ResolutionStatus>.ToWord(filter.Status),
            filter.Parent,
            filter.IsOpen,
            wasOpenAt = filter.WasOpenAt ?? DateTimeOffset.MaxValue,
            filter.OnlyTopLevel,
            at,
            ordinal,
            isViewer = caller.SeesAllResolutions,
            // No resolution has an empty id. An empty list has no type in SQL.
            inScope = caller.Scope?.Resolutions ?? [""],
            limit,
        };
        var rows = filter.Search is { } search
            ? await Search(connection, search, part, limit)
            : await connection.QueryAsync<ResolutionRow>($"{ResolutionRow.Select} {InList} LIMIT @limit", part);
        var listed = new List<ListedResolution>();
        foreach (var row in rows)
        {
            var visible = await ResolutionAccess.HideParent(connection, row.Resolution.For(caller), caller);
            listed.Add(new ListedResolution(visible, PlaceOf(row)));
        }
        return listed;
    }

    // Case and accents are compared here, the same way for both databases.
    private static async Task<IEnumerable<ResolutionRow>> Search(
        DbConnection connection,
        SearchText search,
        object part,
        int limit
    )
    {
        var ids = new List<string>();
        var texts = connection.QueryUnbufferedAsync<TextRow>(
            $"SELECT r.id, r.symbol, r.title FROM resolution r {InList}",
            part
        );
        await foreach (var text in texts)
        {
            if (search.Matches(text.Id, text.Symbol, text.Title))
            {
                ids.Add(text.Id);
                if (ids.Count == limit)
                {
                    break;
                }
            }
        }
        return ids.Count == 0
            ? []
            : await connection.QueryAsync<ResolutionRow>(
                $"{ResolutionRow.Select} WHERE r.id IN @ids ORDER BY r.listed_at DESC, r.ordinal DESC",
                new { ids }
            );
    }

    private static string PlaceOf(ResolutionRow row) =>
        string.Create(CultureInfo.InvariantCulture, $"{row.ListedAt.UtcTicks} {row.Ordinal}");

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private sealed record TextRow
    {
        public string Id { get; init; } = "";
        public string? Symbol { get; init; }
        public string Title { get; init; } = "";
    }
}
