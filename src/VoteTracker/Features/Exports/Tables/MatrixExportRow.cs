using System.Collections.Frozen;
using VoteTracker.Database;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Live;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>How a state voted on each of many resolutions: a row a state, a column a resolution, in the order of the votes.</summary>
[Exported("matrix", Owner.Record, "iso3")]
public sealed record MatrixExportRow
{
    /// <summary>The member state's code, ISO 3166-1 alpha-3.</summary>
    /// <source>ISO 3166-1</source>
    [RefersTo("member-states")]
    public required string Iso3 { get; init; }

    /// <summary>ISO 3166-1 alpha-2; empty for former members.</summary>
    /// <source>ISO 3166-1</source>
    public required string? Iso2 { get; init; }

    /// <summary>The UN Statistics Division's code, three digits: a text, for leading zeros count; empty for former members.</summary>
    /// <source>M49</source>
    public required string? M49 { get; init; }

    /// <summary>The name as the UN Digital Library prints it in roll calls; of observers, which are in none, the short name.</summary>
    /// <source>UN Digital Library</source>
    public required string UnName { get; init; }

    /// <summary>The key of the regional group, today's; empty for observers.</summary>
    /// <source>DGACM</source>
    public required string? RegionalGroup { get; init; }

    /// <summary>How it voted on the resolution that the column is named after; the name ends in `_campaign` where the campaign entered the vote. Empty, in JSON left out, where the roll call does not name it.</summary>
    /// <source>UN Digital Library, or the campaign where it recorded the vote</source>
    public required IReadOnlyDictionary<string, Vote> Votes { get; init; }

    /// <summary>The table with a column for each of these resolutions.</summary>
    internal static Table<MatrixExportRow> TableOf(IReadOnlyList<RecordedRollCall> rollCalls)
    {
        var (whole, each) = (Table<MatrixExportRow>.Whole, Table.FromRow(typeof(MatrixExportRow)).Columns[^1]);
        return new Table<MatrixExportRow>(
            whole.Described with
            {
                Columns =
                [
                    .. whole.Described.Columns,
                    .. rollCalls.Select(r => each with { Name = r.ColumnName, Json = r.ColumnName, Repeats = false }),
                ],
            },
            [
                .. whole.Cells,
                .. rollCalls.Select(
                    (_, i) => (Func<MatrixExportRow, Cell>)(row => Cell.From(((PackedVotes)row.Votes).At(i)))
                ),
            ]
        );
    }

    /// <summary>
    /// The rows, state by state: today's members, and whoever else is named. The votes are turned in memory, a byte each:
    /// some million for the whole record.
    /// </summary>
    internal static async IAsyncEnumerable<IReadOnlyList<MatrixExportRow>> Pages(
        Db db,
        ReferenceData facts,
        IReadOnlyList<RecordedRollCall> rollCalls,
        DateOnly today
    )
    {
        const int enough = 50;
        var states = await db.Read(connection => StateColumns.Load(connection, facts));
        var votes = facts.Roster.MembersOn(today).ToDictionary(iso3 => iso3, _ => new byte[rollCalls.Count]);
        for (var next = 0; next < rollCalls.Count; )
        {
            await db.Read(async connection =>
            {
                for (var until = Math.Min(next + enough, rollCalls.Count); next < until; next++)
                {
                    foreach (var name in await rollCalls[next].Names(connection))
                    {
                        if (!votes.TryGetValue(name.MemberState, out var row))
                        {
                            votes[name.MemberState] = row = new byte[rollCalls.Count];
                        }
                        row[next] = PackedVotes.ByteOf(name.Vote);
                    }
                }
                return true;
            });
        }
        var resolutions = rollCalls.Select(r => r.ColumnName).ToList();
        var places = resolutions.Index().ToFrozenDictionary(r => r.Item, r => r.Index, StringComparer.Ordinal);
        foreach (var (iso3, row) in votes.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            var state = states[iso3];
            yield return
            [
                new MatrixExportRow
                {
                    Iso3 = state.Iso3,
                    Iso2 = state.Iso2,
                    M49 = state.M49,
                    UnName = state.UnName,
                    RegionalGroup = state.RegionalGroup,
                    Votes = new PackedVotes(places, resolutions, row),
                },
            ];
        }
    }
}
