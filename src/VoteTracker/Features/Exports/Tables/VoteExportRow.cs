using System.Data.Common;
using VoteTracker.Database;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Features.Record;
using VoteTracker.Live;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>How a state voted on a resolution, as the Assembly's record shows it.</summary>
[Exported("roll-calls", Owner.Record, "resolution", "iso3", Order = "voted_on, resolution, source, iso3")]
public sealed record VoteExportRow
{
    /// <summary>The resolution's id.</summary>
    /// <source>VoteTracker</source>
    [RefersTo("resolutions")]
    public required string Resolution { get; init; }

    /// <summary>The document symbol; empty where the text of the record has none.</summary>
    /// <source>UN Digital Library</source>
    public required string? Symbol { get; init; }

    /// <summary>The session's id: `es-10`, of regular sessions the number.</summary>
    /// <source>UN Digital Library</source>
    public required string Session { get; init; }

    /// <summary>The day of the vote, New York's.</summary>
    /// <source>UN Digital Library, or the campaign where it recorded the vote</source>
    public required DateOnly VotedOn { get; init; }

    /// <summary>The source of the roll call: `library`, the UN's record, or `campaign`, entered by a user of this service.</summary>
    /// <source>VoteTracker</source>
    public required RollCallSource Source { get; init; }

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

    /// <summary>What the record shows: the fact; empty before the vote, and where the roll call does not name the state.</summary>
    /// <source>UN Digital Library, or the campaign where it recorded the vote</source>
    public required Vote? Vote { get; init; }

    /// <summary>The same in the UN Digital Library's letters: Y yes, N no, A abstained, X non-voting.</summary>
    /// <source>UN Digital Library</source>
    [Codes("Y", "N", "A", "X")]
    public required string? VoteUndl { get; init; }

    /// <summary>The same in Erik Voeten's numbers: 1 yes, 2 abstained, 3 no, 8 absent (non-voting), 9 not a member: on our list of members, and not in the roll call.</summary>
    /// <source>United Nations General Assembly Voting Data (Voeten)</source>
    [Codes("1", "2", "3", "8", "9")]
    public required int? VoteVoeten { get; init; }

    /// <summary>What the state said afterwards it had intended to vote; never counted.</summary>
    /// <source>campaign</source>
    public required Vote? Intended { get; init; }

    /// <summary>The table of one roll call.</summary>
    internal static Table<VoteExportRow> OneRollCall { get; } =
        Table<VoteExportRow>.Whole.As("roll-call", order: "iso3");

    /// <summary>
    /// One roll call: its names, and the members on our list that it lacks, in the order of their codes.
    /// </summary>
    internal static async Task<IReadOnlyList<VoteExportRow>> All(
        DbConnection connection,
        ReferenceData facts,
        RecordedRollCall rollCall
    )
    {
        var states = await StateColumns.Load(connection, facts);
        var names = (await rollCall.Names(connection)).ToDictionary(
            name => name.MemberState,
            name => (NamedVote?)name,
            StringComparer.Ordinal
        );
        return
        [
            .. facts
                .Roster.MembersOn(rollCall.VotedOn)
                .Union(names.Keys)
                .Order(StringComparer.Ordinal)
                .Select(iso3 => Create(rollCall, states[iso3], names.GetValueOrDefault(iso3))),
        ];
    }

    /// <summary>
    /// The names of the record, roll call by roll call. A page is read in one go and let go of before it is sent: a
    /// reader that is slow holds nothing up.
    /// </summary>
    internal static async IAsyncEnumerable<IReadOnlyList<VoteExportRow>> Pages(
        Db db,
        ReferenceData facts,
        RecordFilter filter,
        DateTimeOffset knownUntil
    )
    {
        const int enough = 4_000;
        var (states, rollCalls) = await db.Read(async connection =>
            (await StateColumns.Load(connection, facts), await RecordedRollCall.All(connection, filter, knownUntil))
        );
        for (var next = 0; next < rollCalls.Count; )
        {
            yield return await db.Read(async connection =>
            {
                var page = new List<VoteExportRow>(enough + 200);
                for (; next < rollCalls.Count && page.Count < enough; next++)
                {
                    foreach (var name in await rollCalls[next].Names(connection))
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
