using System.Data.Common;
using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Features.Record;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>The recorded vote of a state on a resolution.</summary>
[Exported("roll-calls", Owner.Record, "resolution", "iso3", Order = "voted_on, resolution, source, iso3")]
public sealed record VoteExportRow
{
    /// <summary>The resolution's id.</summary>
    /// <source>VoteTracker</source>
    [RefersTo("resolutions")]
    public required string Resolution { get; init; }

    /// <summary>The document symbol; empty if the resolution has none.</summary>
    /// <source>UN Digital Library</source>
    public required string? Symbol { get; init; }

    /// <summary>The session's id: `es-10`, or the number of a regular session.</summary>
    /// <source>UN Digital Library</source>
    public required string Session { get; init; }

    /// <summary>The day of the vote in New York.</summary>
    /// <source>UN Digital Library, or the campaign where it recorded the vote</source>
    public required DateOnly VotedOn { get; init; }

    /// <summary>The source of the roll call: `library`, the UN's record, or `campaign`, entered by a user of this service.</summary>
    /// <source>VoteTracker</source>
    public required RollCallSource Source { get; init; }

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

    /// <summary>The recorded vote. Empty before the vote, and if the roll call does not name the state.</summary>
    /// <source>UN Digital Library, or the campaign where it recorded the vote</source>
    public required Vote? Vote { get; init; }

    /// <summary>The recorded vote in the UN Digital Library's letters: Y yes, N no, A abstained, X non-voting.</summary>
    /// <source>UN Digital Library</source>
    [Folded, Codes("Y", "N", "A", "X")]
    public required string? VoteUndl { get; init; }

    /// <summary>The recorded vote in Erik Voeten's numbers: 1 yes, 2 abstained, 3 no, 8 absent (non-voting), 9 not a member. A 9 is a member of that day that the roll call does not name.</summary>
    /// <source>United Nations General Assembly Voting Data (Voeten)</source>
    [Folded, Codes("1", "2", "3", "8", "9")]
    public required int? VoteVoeten { get; init; }

    /// <summary>The vote that the state later said it had intended; never counted.</summary>
    /// <source>campaign</source>
    public required Vote? Intended { get; init; }

    /// <summary>The table of one roll call.</summary>
    internal static Table<VoteExportRow> OneRollCall { get; } =
        Table<VoteExportRow>
            .Whole.As("roll-call", order: "iso3")
            .Fold("resolution", "symbol", "session", "voted_on", "source");

    /// <summary>
    /// Loads one roll call: its names, and the members of that day that it does not name, in the order of their codes.
    /// </summary>
    internal static async Task<IReadOnlyList<VoteExportRow>> Load(
        DbConnection connection,
        ReferenceData referenceData,
        RecordedRollCall rollCall
    )
    {
        var states = await StateColumns.Load(connection, referenceData);
        var names = (await rollCall.LoadNames(connection)).ToDictionary(
            name => name.MemberState,
            name => (NamedVote?)name,
            StringComparer.Ordinal
        );
        return
        [
            .. referenceData
                .Roster.MembersOn(rollCall.VotedOn)
                .Union(names.Keys)
                .Order(StringComparer.Ordinal)
                .Select(iso3 => Create(rollCall, states[iso3], names.GetValueOrDefault(iso3))),
        ];
    }

    /// <summary>
    /// Loads the names of the record, roll call by roll call. The connection is released before a page is sent, so a slow
    /// client does not block others.
    /// </summary>
    internal static async IAsyncEnumerable<IReadOnlyList<VoteExportRow>> LoadPages(
        Db db,
        ReferenceData referenceData,
        RecordFilter filter,
        DateTimeOffset knownUntil
    )
    {
        const int enough = 4_000;
        var (states, rollCalls) = await db.Read(async connection =>
            (
                await StateColumns.Load(connection, referenceData),
                await RecordedRollCall.List(connection, filter, knownUntil)
            )
        );
        for (var next = 0; next < rollCalls.Count; )
        {
            yield return await db.Read(async connection =>
            {
                var page = new List<VoteExportRow>(enough + 200);
                for (; next < rollCalls.Count && page.Count < enough; next++)
                {
                    foreach (var name in await rollCalls[next].LoadNames(connection))
                    {
                        page.Add(Create(rollCalls[next], states[name.MemberState], name));
                    }
                }
                return page;
            });
        }
    }

    private static VoteExportRow Create(RecordedRollCall rollCall, StateColumns state, NamedVote? name)
    {
        var vote = VoteCodes.FromVote(name, isRecorded: true);
        return new VoteExportRow
        {
            Resolution = rollCall.Resolution,
            Symbol = rollCall.Symbol,
            Session = rollCall.Session,
            VotedOn = rollCall.VotedOn,
            Source = EnumWord<RollCallSource>.Parse(rollCall.Source),
            Iso3 = state.Iso3,
            Iso2 = state.Iso2,
            M49 = state.M49,
            UnName = state.UnName,
            RegionalGroup = state.RegionalGroup,
            Vote = vote.Vote,
            VoteUndl = vote.Undl,
            VoteVoeten = vote.Voeten,
            Intended = vote.Intended,
        };
    }
}

/// <summary>Exports the recorded vote on a resolution.</summary>
internal sealed class ExportRollCall(Db db, ReferenceData referenceData) : TableExport<VoteExportRow>
{
    public override void Configure() =>
        Map(
            "/v1/resolutions/{id}/export/roll-call",
            route =>
                route
                    .Requires(Right.ReadPublic)
                    .Described(
                        "Exports",
                        "Exports the roll call",
                        "Every name in the roll call and every member of that day that it does not name, in the order of their codes. The vote is given in the words of this service, in the UN Digital Library's letters and in Voeten's numbers. Public, whatever the visibility of the resolution. 404 before the vote; only the header if the record has totals and no names."
                    )
        );

    protected override async Task<ExportedTable<VoteExportRow>> Load(ExportRequest request)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var rows = await db.Read(async connection =>
        {
            await ExportedResolution.Load(connection, request, id, (_, _) => true);
            if (await RecordedRollCall.Find(connection, id, request.KnownUntil) is { } rollCall)
            {
                return await VoteExportRow.Load(connection, referenceData, rollCall);
            }
            return await RecordedRollCall.IsRecorded(connection, id, request.KnownUntil)
                ? []
                : throw new ProblemException(Problems.NotFound($"No vote on '{id}' is recorded."));
        });
        return new ExportedTable<VoteExportRow>($"{id}-roll-call", VoteExportRow.OneRollCall, rows);
    }
}

/// <summary>Exports every name in every roll call of the record.</summary>
internal sealed class ExportRollCalls(Db db, ReferenceData referenceData) : TableExport<VoteExportRow>
{
    public override void Configure() =>
        Map(
            "/v1/export/roll-calls",
            route =>
                route
                    .Requires(Right.ReadPublic)
                    .TakesPartOfRecord()
                    .IsExpensive()
                    .Described(
                        "Exports",
                        "Exports the roll calls of the record",
                        "A row for each name in each roll call, the oldest vote first: the whole record, or a part of it. `?source=all` adds the roll calls that the campaign entered, marked in `source`. The vote is given in the words of this service, in the UN Digital Library's letters and in Voeten's numbers. A spreadsheet holds at most 1,048,575 rows."
                    )
        );

    protected override async Task<ExportedTable<VoteExportRow>> Load(ExportRequest request)
    {
        var filter = await ExportedRecord.Parse(db, request);
        return new ExportedTable<VoteExportRow>(
            "roll-calls",
            Table<VoteExportRow>.Whole,
            VoteExportRow.LoadPages(db, referenceData, filter, request.KnownUntil)
        );
    }
}
