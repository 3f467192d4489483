using System.Collections.Frozen;
using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Features.Record;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>The votes of a state on many resolutions: a row for each state and a column for each resolution, in the order of the votes.</summary>
[Exported("matrix", Owner.Record, "iso3")]
public sealed record MatrixExportRow
{
    /// <summary>The member state's code, ISO 3166-1 alpha-3.</summary>
    /// <source>ISO 3166-1</source>
    [RefersTo("member-states")]
    public required string Iso3 { get; init; }

    /// <summary>ISO 3166-1 alpha-2. `NA` is Namibia, not a missing value. Empty for former members.</summary>
    /// <source>ISO 3166-1</source>
    [Folded]
    public required string? Iso2 { get; init; }

    /// <summary>The code of the UN Statistics Division: text of three digits, because leading zeros count. Empty for former members.</summary>
    /// <source>M49</source>
    [Folded]
    public required string? M49 { get; init; }

    /// <summary>The name as the UN Digital Library prints it in roll calls. For observers, which are in no roll call, the short name.</summary>
    /// <source>UN Digital Library</source>
    [Folded]
    public required string UnName { get; init; }

    /// <summary>The key of the regional group of today; empty for observers.</summary>
    /// <source>DGACM</source>
    public required string? RegionalGroup { get; init; }

    /// <summary>The vote on the resolution whose id is the name of the column. The name ends in `_campaign` if the campaign entered the roll call. Empty, and omitted in JSON, if the roll call does not name the state.</summary>
    /// <source>UN Digital Library, or the campaign where it recorded the vote</source>
    public required IReadOnlyDictionary<string, Vote> Votes { get; init; }

    /// <summary>The table with a column for each of these roll calls.</summary>
    internal static Table<MatrixExportRow> CreateTable(IReadOnlyList<RecordedRollCall> rollCalls)
    {
        var (whole, votes) = (Table<MatrixExportRow>.Whole, Table.FromRow(typeof(MatrixExportRow)).Columns[^1]);
        return new Table<MatrixExportRow>(
            whole.Described with
            {
                Columns =
                [
                    .. whole.Described.Columns,
                    .. rollCalls.Select(r =>
                        votes with
                        {
                            Name = r.ColumnName,
                            Json = r.ColumnName,
                            JsonParent = votes.Json,
                            Repeats = false,
                        }
                    ),
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
    /// Loads the rows state by state: the members of today, and every other state that is named. The votes are transposed
    /// in memory, one byte each: about a million for the whole record.
    /// </summary>
    internal static async IAsyncEnumerable<IReadOnlyList<MatrixExportRow>> LoadPages(
        Db db,
        ReferenceData referenceData,
        IReadOnlyList<RecordedRollCall> rollCalls,
        DateOnly today
    )
    {
        const int enough = 50;
        var states = await db.Read(connection => StateColumns.Load(connection, referenceData));
        var votes = referenceData.Roster.MembersOn(today).ToDictionary(iso3 => iso3, _ => new byte[rollCalls.Count]);
        for (var next = 0; next < rollCalls.Count; )
        {
            await db.Read(async connection =>
            {
                for (var until = Math.Min(next + enough, rollCalls.Count); next < until; next++)
                {
                    foreach (var name in await rollCalls[next].LoadNames(connection))
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

/// <summary>Exports the votes of the record as a matrix.</summary>
internal sealed class ExportMatrix(Db db, ReferenceData referenceData) : TableExport<MatrixExportRow>
{
    public override void Configure() =>
        Map(
            "/v1/export/matrix",
            route =>
                route
                    .Requires(Right.ReadPublic)
                    .TakesPartOfRecord()
                    .IsExpensive()
                    .Described(
                        "Exports",
                        "Exports the votes as a matrix",
                        "A row for each member of today and each state that a roll call names. A column for each resolution with a roll call, the oldest vote first, named after its id. `?source=all` adds a column for each roll call that the campaign entered; its name ends in `_campaign`. Empty if the roll call does not name the state."
                    )
        );

    protected override async Task<ExportedTable<MatrixExportRow>> Load(ExportRequest request)
    {
        var filter = await ExportedRecord.Parse(db, request);
        var rollCalls = await db.Read(connection => RecordedRollCall.List(connection, filter, request.KnownUntil));
        return new ExportedTable<MatrixExportRow>(
            "matrix",
            MatrixExportRow.CreateTable(rollCalls),
            MatrixExportRow.LoadPages(db, referenceData, rollCalls, NewYork.DayOf(request.Moment))
        );
    }
}
