using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Features.Changes;
using VoteTracker.Security;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Pressures;

/// <summary>Reads and writes pressures. All SQL that names a column of their content is here.</summary>
internal static class PressureStore
{
    private const string Content = "member_state, resolution, source, kind, towards, level, note";

    private const string Select = $"SELECT id, {Content}, version, changed_at, changed_by FROM pressure p";

    /// <summary>Finds a pressure; null if there is none.</summary>
    public static async Task<StatePressure?> Find(DbConnection connection, long id) =>
        (await connection.QuerySingleOrDefaultAsync<PressureRow>($"{Select} WHERE p.id = @id", new { id }))?.Pressure;

    /// <summary>Lists a page of the pressures, in the order of the members.</summary>
    public static async Task<IReadOnlyList<StatePressure>> List(
        DbConnection connection,
        PressureFilter filter,
        (string State, long Id)? after,
        int limit
    ) =>
        [
            .. (
                await connection.QueryAsync<PressureRow>(
                    $"""
                    {Select}
                    WHERE {filter.Conditions(isContinued: after is not null)}
                    ORDER BY p.member_state, p.id
                    LIMIT @limit
                    """,
                    new
                    {
                        filter.MemberState,
                        filter.Resolution,
                        filter.About,
                        filter.KindWord,
                        filter.LevelWord,
                        state = after?.State,
                        id = after?.Id ?? 0,
                        limit,
                    }
                )
            ).Select(row => row.Pressure),
        ];

    /// <summary>Lists the pressures that a forecast of a resolution uses, in the order of their numbers.</summary>
    public static async Task<IReadOnlyList<StatePressure>> ListOn(DbConnection connection, string resolution) =>
        [
            .. (
                await connection.QueryAsync<PressureRow>(
                    $"{Select} WHERE p.resolution IS NULL OR p.resolution = @resolution ORDER BY p.id",
                    new { resolution }
                )
            ).Select(row => row.Pressure),
        ];

    /// <summary>Inserts a pressure.</summary>
    public static async Task<StatePressure> Insert(Write write, Caller caller, PressureContent content)
    {
        var id = await write.Connection.ExecuteScalarAsync<long>(
            $"""
            INSERT INTO pressure ({Content}, version, changed_at, changed_by)
            VALUES (
                @MemberState, @Resolution, @Source, @Kind, @Towards, @Level, @Note, {Incarnation.FirstVersionOfNew},
                @ChangedAt, @ChangedBy
            )
            RETURNING id
            """,
            PressureRow.FromContent(0, content, caller.Label, write.Now)
        );
        await Append(write, caller, content);
        return await Load(write, id);
    }

    /// <summary>Updates a pressure, and raises its version.</summary>
    public static async Task<StatePressure> Update(
        Write write,
        Caller caller,
        StatePressure before,
        PressureContent content
    )
    {
        await write.Connection.ExecuteAsync(
            """
            UPDATE pressure
            SET version = version + 1, changed_at = @ChangedAt, changed_by = @ChangedBy, member_state = @MemberState,
                resolution = @Resolution, source = @Source, kind = @Kind, towards = @Towards, level = @Level, note = @Note
            WHERE id = @Id
            """,
            PressureRow.FromContent(before.Id, content, caller.Label, write.Now)
        );
        if (before.MemberState != content.MemberState || before.Resolution != content.Resolution)
        {
            // Readers of the old state's list learn that the pressure has left it.
            await Append(write, caller, before);
        }
        await Append(write, caller, content);
        return await Load(write, before.Id);
    }

    /// <summary>Deletes a pressure.</summary>
    public static async Task Delete(Write write, Caller caller, StatePressure pressure)
    {
        await write.Connection.ExecuteAsync("DELETE FROM pressure WHERE id = @Id", new { pressure.Id });
        await Append(write, caller, pressure);
    }

    private static async Task<StatePressure> Load(Write write, long id) => (await Find(write.Connection, id))!;

    private static Task Append(Write write, Caller caller, PressureContent content) =>
        ResolutionVersion.Append(
            write,
            caller,
            ChangeKind.Pressure,
            content.Resolution,
            version: null,
            write.Now,
            content.MemberState
        );

    private sealed record PressureRow
    {
        public long Id { get; init; }
        public string MemberState { get; init; } = "";
        public string? Resolution { get; init; }
        public string? Source { get; init; }
        public string Kind { get; init; } = "";
        public string Towards { get; init; } = "";
        public string Level { get; init; } = "";
        public string? Note { get; init; }
        public long Version { get; init; }
        public DateTimeOffset ChangedAt { get; init; }
        public string ChangedBy { get; init; } = "";

        public StatePressure Pressure =>
            new(
                Id,
                new PressureContent
                {
                    MemberState = MemberState,
                    Resolution = Resolution,
                    From = Source,
                    Kind = EnumWord<PressureKind>.Parse(Kind),
                    Towards = EnumWord<PressureTarget>.Parse(Towards),
                    Level = EnumWord<PressureLevel>.Parse(Level),
                    Note = Note,
                },
                Version,
                ChangedBy,
                ChangedAt
            );

        public static PressureRow FromContent(long id, PressureContent content, string changedBy, DateTimeOffset at) =>
            new()
            {
                Id = id,
                MemberState = content.MemberState,
                Resolution = content.Resolution,
                Source = content.From,
                Kind = EnumWord<PressureKind>.ToWord(content.Kind),
                Towards = EnumWord<PressureTarget>.ToWord(content.Towards),
                Level = EnumWord<PressureLevel>.ToWord(content.Level),
                Note = content.Note,
                ChangedAt = at,
                ChangedBy = changedBy,
            };
    }
}
