using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Changes;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Lists;

/// <summary>
/// The data that a dry run compared a list with, as an ETag: the incarnation of the database, and its last change. An import
/// that names it in If-Match fails if something that the list changes has changed since then.
/// </summary>
/// <param name="FirstVersion">The first version of the incarnation, which names it.</param>
/// <param name="LastChange">The number of the last change in the feed.</param>
internal sealed partial record DryRunTag(long FirstVersion, long LastChange)
{
    private const string Header = "If-Match";

    /// <summary>The text of the tag.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"\"{FirstVersion}.{LastChange}\"");

    /// <summary>The tag that a request names; null if it names none, or any. A <see cref="ProblemException"/> if it is wrong.</summary>
    public static DryRunTag? FromRequest(HttpRequest request)
    {
        var header = request.Headers.IfMatch.ToString();
        if (header.Length == 0 || header == "*")
        {
            return null;
        }
        // The tag names data, and not the bytes of a response. So one that a proxy made weak names the same data.
        return
            Pattern().Match(header) is { Success: true } match
            && long.TryParse(
                match.Groups["first"].Value,
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var first
            )
            && long.TryParse(match.Groups["last"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            ? new DryRunTag(first, last)
            : throw new ProblemException(
                Problems.Invalid(Header, "must be the ETag of a dry run, with its quotes, such as \"1.812\"; or *")
            );
    }

    /// <summary>The tag of the current data.</summary>
    public static async Task<DryRunTag> Find(DbConnection connection) =>
        new(
            await Incarnation.FindFirstVersion(connection),
            await connection.ExecuteScalarAsync<long?>("SELECT MAX(seq) FROM change") ?? 0
        );

    /// <summary>412 if one of these lines would change something that has changed since; null if none does.</summary>
    /// <param name="connection">The connection of the write, before its own changes.</param>
    /// <param name="resolution">The resolution's id; null if the list belongs to none.</param>
    /// <param name="lines">The lines that change something.</param>
    public async Task<ProblemHttpResult?> FindConflict(
        DbConnection connection,
        string? resolution,
        IReadOnlyList<ComparedLine> lines
    )
    {
        if (lines.Count > 0 && FirstVersion != await Incarnation.FindFirstVersion(connection))
        {
            return ConditionTypes.ListRestored.CreateWith("lines", Array.Empty<LineConflict>());
        }
        var changes = await connection.QueryAsync<FeedChange>(
            """
            SELECT kind, member_state, contact, at, by
            FROM change
            WHERE seq > @LastChange AND kind IN @kinds AND (@resolution IS NULL OR resolution = @resolution)
            ORDER BY seq
            """,
            new
            {
                LastChange,
                resolution,
                kinds = lines.Select(line => EnumWord<ChangeKind>.ToWord(line.Kind)).Distinct().Append("").ToList(),
            }
        );
        var conflicts = lines
            .Select(line => (Line: line, Change: changes.LastOrDefault(change => change.IsOf(line))))
            .Where(pair => pair.Change is not null)
            .DistinctBy(pair => pair.Line.Line)
            .Select(pair => new LineConflict
            {
                Line = pair.Line.Line,
                MemberState = pair.Line.MemberState,
                Detail = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{pair.Change!.By} changed the {pair.Change.Kind} at {pair.Change.At:u}, after the dry run"
                ),
            })
            .ToList();
        return conflicts.Count == 0
            ? null
            : ConditionTypes.ListChanged.CreateWith("lines", conflicts, LineConflict.Describe(conflicts));
    }

    [GeneratedRegex(
        "^(W/)?\"(?<first>[0-9]{1,18})\\.(?<last>[0-9]{1,18})[-;a-z]*\"\\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Pattern();

    private sealed record FeedChange
    {
        public string Kind { get; init; } = "";
        public string? MemberState { get; init; }
        public string? Contact { get; init; }
        public DateTimeOffset At { get; init; }
        public string By { get; init; } = "";

        public bool IsOf(ComparedLine line) =>
            Kind == EnumWord<ChangeKind>.ToWord(line.Kind)
            && (MemberState ?? "") == line.MemberState
            && (line.Contact is null || line.Contact == Contact);
    }
}

/// <summary>A line that changes something, as the feed of changes names what it changes.</summary>
/// <param name="Line">Its number.</param>
/// <param name="MemberState">The code of the state; empty if it changes something without a state.</param>
/// <param name="Kind">What it changes.</param>
/// <param name="Contact">The contact that it changes; null if it changes none, or adds one.</param>
internal sealed record ComparedLine(long Line, string MemberState, ChangeKind Kind, string? Contact = null);
