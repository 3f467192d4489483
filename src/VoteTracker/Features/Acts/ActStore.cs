using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Features.Changes;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Acts;

/// <summary>Reads and writes acts. All SQL that names a column of their content is here.</summary>
internal static class ActStore
{
    private const string Content = "member_state, kind, title, on_day, url, resolution";

    private const string Select = $"SELECT id, {Content}, version, changed_at, changed_by FROM act a";

    /// <summary>Finds an act that a caller can see; null if there is none.</summary>
    public static async Task<StateAct?> Find(DbConnection connection, long id, Caller caller) =>
        (
            await connection.QuerySingleOrDefaultAsync<ActRow>(
                $"{Select} WHERE a.id = @id AND {ActFilter.Visible(caller)}",
                new { id }
            )
        )?.Act.For(caller);

    /// <summary>Lists a page of the acts that a caller can see, the newest day first.</summary>
    public static async Task<IReadOnlyList<StateAct>> List(
        DbConnection connection,
        ActFilter filter,
        Caller caller,
        (DateOnly Day, long Id)? after,
        int limit
    ) =>
        [
            .. (
                await connection.QueryAsync<ActRow>(
                    $"""
                    {Select}
                    WHERE {filter.Conditions(caller, isContinued: after is not null)}
                    ORDER BY a.on_day DESC, a.id DESC
                    LIMIT @limit
                    """,
                    new
                    {
                        filter.MemberState,
                        filter.Resolution,
                        filter.About,
                        filter.KindWord,
                        filter.From,
                        filter.To,
                        day = after?.Day,
                        id = after?.Id ?? 0,
                        limit,
                    }
                )
            ).Select(row => row.Act.For(caller)),
        ];

    /// <summary>Inserts an act.</summary>
    public static async Task<StateAct> Insert(Write write, Caller caller, ActContent content)
    {
        var id = await write.Connection.ExecuteScalarAsync<long>(
            $"""
            INSERT INTO act ({Content}, version, changed_at, changed_by)
            VALUES (
                @MemberState, @Kind, @Title, @OnDay, @Url, @Resolution, {Incarnation.FirstVersionOfNew}, @ChangedAt,
                @ChangedBy
            )
            RETURNING id
            """,
            ActRow.FromContent(0, content, caller.Label, write.Now)
        );
        await Append(write, caller, content);
        return await Load(write, id);
    }

    /// <summary>Updates an act, and raises its version.</summary>
    public static async Task<StateAct> Update(Write write, Caller caller, StateAct before, ActContent content)
    {
        await write.Connection.ExecuteAsync(
            """
            UPDATE act
            SET version = version + 1, changed_at = @ChangedAt, changed_by = @ChangedBy, member_state = @MemberState,
                kind = @Kind, title = @Title, on_day = @OnDay, url = @Url, resolution = @Resolution
            WHERE id = @Id
            """,
            ActRow.FromContent(before.Id, content, caller.Label, write.Now)
        );
        if (before.MemberState != content.MemberState || before.Resolution != content.Resolution)
        {
            // Readers of the old state's list learn that the act has left it.
            await Append(write, caller, before);
        }
        await Append(write, caller, content);
        return await Load(write, before.Id);
    }

    /// <summary>Deletes an act.</summary>
    public static async Task Delete(Write write, Caller caller, StateAct act)
    {
        await write.Connection.ExecuteAsync("DELETE FROM act WHERE id = @Id", new { act.Id });
        await Append(write, caller, act);
    }

    private static async Task<StateAct> Load(Write write, long id) =>
        (await write.Connection.QuerySingleAsync<ActRow>($"{Select} WHERE a.id = @id", new { id })).Act;

    private static Task Append(Write write, Caller caller, ActContent content) =>
        ResolutionVersion.Append(
            write,
            caller,
            ChangeKind.Act,
            content.Resolution,
            version: null,
            write.Now,
            content.MemberState
        );

    private sealed record ActRow
    {
        public long Id { get; init; }
        public string MemberState { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Title { get; init; } = "";
        public DateOnly OnDay { get; init; }
        public string Url { get; init; } = "";
        public string? Resolution { get; init; }
        public long Version { get; init; }
        public DateTimeOffset ChangedAt { get; init; }
        public string ChangedBy { get; init; } = "";

        public StateAct Act =>
            new(
                Id,
                new ActContent
                {
                    MemberState = MemberState,
                    Kind = EnumWord<ActKind>.Parse(Kind),
                    Title = Title,
                    On = OnDay,
                    Url = Url,
                    Resolution = Resolution,
                },
                Version,
                ChangedBy,
                ChangedAt
            );

        public static ActRow FromContent(long id, ActContent content, string changedBy, DateTimeOffset at) =>
            new()
            {
                Id = id,
                MemberState = content.MemberState,
                Kind = EnumWord<ActKind>.ToWord(content.Kind),
                Title = content.Title,
                OnDay = content.On,
                Url = content.Url,
                Resolution = content.Resolution,
                ChangedAt = at,
                ChangedBy = changedBy,
            };
    }
}
