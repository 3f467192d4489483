using System.Data.Common;
using System.Text.Json;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Database.Encryption;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Changes;
using VoteTracker.Security;

namespace VoteTracker.Features.Comments;

/// <summary>Reads and writes comments on stances. Over 200 lines because all SQL of comments is here.</summary>
internal static class CommentStore
{
    private const string Select = """
        SELECT c.id, c.resolution, c.member_state, c.text, c.mentions, c.created_at, c.created_by
        FROM comment c
        """;

    /// <summary>Finds a comment on a stance; null if the stance has none with this number.</summary>
    public static async Task<Comment?> Find(DbConnection connection, string resolution, string iso3, long id) =>
        (
            await connection.QuerySingleOrDefaultAsync<CommentRow>(
                $"{Select} WHERE c.id = @id AND c.resolution = @resolution AND c.member_state = @iso3",
                new
                {
                    id,
                    resolution,
                    iso3,
                }
            )
        )?.ToComment(PersonalTexts.Of(connection));

    /// <summary>Lists a page of the comments on a stance, the newest first.</summary>
    /// <param name="connection">The connection to the database.</param>
    /// <param name="resolution">The resolution's id.</param>
    /// <param name="iso3">The code of the member state.</param>
    /// <param name="before">The number of the last comment of the page before; null at the start.</param>
    /// <param name="limit">The number of comments.</param>
    public static async Task<IReadOnlyList<Comment>> List(
        DbConnection connection,
        string resolution,
        string iso3,
        long? before,
        int limit
    ) =>
        ToList(
            connection,
            await connection.QueryAsync<CommentRow>(
                $"""
                    {Select}
                    WHERE c.resolution = @resolution AND c.member_state = @iso3 {(
                        before is null ? "" : "AND c.id < @before"
                    )}
                    ORDER BY c.id DESC
                    LIMIT @limit
                    """,
                new
                {
                    resolution,
                    iso3,
                    before,
                    limit,
                }
            )
        );

    /// <summary>Lists all comments, the oldest first.</summary>
    public static async Task<IReadOnlyList<Comment>> ListAll(DbConnection connection) =>
        ToList(connection, await connection.QueryAsync<CommentRow>($"{Select} ORDER BY c.id"));

    /// <summary>Lists a page of the comments that mention a label, the newest first.</summary>
    /// <param name="connection">The connection to the database.</param>
    /// <param name="label">The label of a key.</param>
    /// <param name="resolution">The id of the only resolution; null for all.</param>
    /// <param name="since">Only comments from this moment on; all if it is null.</param>
    /// <param name="before">The number of the last comment of the page before; null at the start.</param>
    /// <param name="limit">The number of comments.</param>
    public static async Task<IReadOnlyList<Comment>> ListMentions(
        DbConnection connection,
        string label,
        string? resolution,
        DateTimeOffset? since,
        long? before,
        int limit
    )
    {
        string[] conditions =
        [
            "m.label = @label",
            .. resolution is null ? (string[])[] : ["c.resolution = @resolution"],
            .. since is null ? (string[])[] : ["m.created_at >= @since"],
            .. before is null ? (string[])[] : ["m.comment < @before"],
        ];
        var rows = await connection.QueryAsync<CommentRow>(
            $"""
            {Select}
            JOIN comment_mention m ON m.comment = c.id
            WHERE {string.Join(" AND ", conditions)}
            ORDER BY m.created_at DESC, m.comment DESC
            LIMIT @limit
            """,
            new
            {
                label,
                resolution,
                since,
                before,
                limit,
            }
        );
        return ToList(connection, rows);
    }

    /// <summary>Counts the comments on each stance of a resolution that has any.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> Count(DbConnection connection, string resolution) =>
        (
            await connection.QueryAsync<CountRow>(
                """
                SELECT member_state, CAST(COUNT(*) AS INTEGER) AS comments
                FROM comment
                WHERE resolution = @resolution
                GROUP BY member_state
                """,
                new { resolution }
            )
        ).ToDictionary(row => row.MemberState, row => row.Comments, StringComparer.Ordinal);

    /// <summary>Inserts a comment and its mentions.</summary>
    public static async Task<Comment> Insert(
        Write write,
        Caller caller,
        string resolution,
        string iso3,
        string text,
        IReadOnlyList<string> mentions
    )
    {
        var row = new CommentRow
        {
            Resolution = resolution,
            MemberState = iso3,
            Text = PersonalTexts.Of(write.Connection).Encrypt(text),
            Mentions = JsonSerializer.Serialize(mentions, Json.Options),
            CreatedAt = write.Now,
            CreatedBy = caller.Label,
        };
        await Append(write, caller, resolution, iso3);
        // Writes run one after another, so the newest change is the one of this comment.
        var id = await write.Connection.ExecuteScalarAsync<long>(
            """
            INSERT INTO comment (resolution, member_state, text, mentions, created_at, created_by, change)
            VALUES (
                @Resolution, @MemberState, @Text, @Mentions, @CreatedAt, @CreatedBy, (SELECT MAX(seq) FROM change)
            )
            RETURNING id
            """,
            row
        );
        foreach (var label in mentions)
        {
            await write.Connection.ExecuteAsync(
                "INSERT INTO comment_mention (label, created_at, comment) VALUES (@label, @Now, @id)",
                new
                {
                    label,
                    write.Now,
                    id,
                }
            );
        }
        return (row with { Id = id }).ToComment(PersonalTexts.Of(write.Connection));
    }

    /// <summary>Deletes a comment and its mentions.</summary>
    public static async Task Delete(Write write, Caller caller, Comment comment)
    {
        await write.Connection.ExecuteAsync("DELETE FROM comment_mention WHERE comment = @Id", new { comment.Id });
        await write.Connection.ExecuteAsync("DELETE FROM comment WHERE id = @Id", new { comment.Id });
        await Append(write, caller, comment.Resolution, comment.MemberState);
    }

    private static IReadOnlyList<Comment> ToList(DbConnection connection, IEnumerable<CommentRow> rows)
    {
        var texts = PersonalTexts.Of(connection);
        return [.. rows.Select(row => row.ToComment(texts))];
    }

    // The resolution gets no new version, because a comment does not change its tally.
    private static Task Append(Write write, Caller caller, string resolution, string iso3) =>
        ResolutionVersion.Append(write, caller, ChangeKind.Comment, resolution, version: null, write.Now, iso3);

    private sealed record CommentRow
    {
        public long Id { get; init; }
        public string Resolution { get; init; } = "";
        public string MemberState { get; init; } = "";
        public string Text { get; init; } = "";
        public string Mentions { get; init; } = "";
        public DateTimeOffset CreatedAt { get; init; }
        public string CreatedBy { get; init; } = "";

        public Comment ToComment(PersonalTexts texts) =>
            new()
            {
                Id = Id,
                Resolution = Resolution,
                MemberState = MemberState,
                Text = texts.Decrypt(Text),
                Mentions = JsonSerializer.Deserialize<IReadOnlyList<string>>(Mentions, Json.Options)!,
                CreatedBy = CreatedBy,
                CreatedAt = CreatedAt,
            };
    }

    private sealed record CountRow
    {
        public string MemberState { get; init; } = "";
        public int Comments { get; init; }
    }
}
