using System.Globalization;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Gaps;

/// <summary>The rules of gaps: a method for each kind, which returns the gap of a state or null.</summary>
/// <param name="today">The day in New York.</param>
/// <param name="notContactedAfterDays">The days after which a contact is no longer recent.</param>
internal sealed class GapRules(DateOnly today, int notContactedAfterDays)
{
    /// <summary>The days within which reports by different people conflict.</summary>
    public const int DaysOfReports = 7;

    /// <summary>The gaps of a state, in the order of their kinds.</summary>
    public IReadOnlyList<Gap> List(StateFacts state) =>
        [
            .. new[]
            {
                NoAssignee(state),
                NeverContacted(state),
                NotContactedLately(state),
                OverdueTask(state),
                SecondHandOnly(state),
                ConfirmedOnOneSource(state),
                EvidenceFaded(state),
                CoSponsorNotYes(state),
                YesNotAskedToCoSponsor(state),
                ConflictingReports(state),
                CapitalNotContacted(state),
            }.OfType<Gap>(),
        ];

    private static Gap? NoAssignee(StateFacts state) =>
        state.Assignee is null ? Open(GapKind.NoAssignee, since: null, $"It is assigned to no team member.") : null;

    private static Gap? NeverContacted(StateFacts state) =>
        state.LastContactOn is null
            ? Open(
                GapKind.NeverContacted,
                since: null,
                $"No engagement is recorded, and no stance that was heard in a call or meeting."
            )
            : null;

    private Gap? NotContactedLately(StateFacts state) =>
        state.LastContactOn is { } last && DaysSince(last) > notContactedAfterDays
            ? Open(
                GapKind.NotContactedLately,
                last.AddDays(notContactedAfterDays + 1),
                $"The last contact was on {last:O}, {DaysSince(last)} days ago."
            )
            : null;

    private static Gap? OverdueTask(StateFacts state) =>
        state.Overdue is { } overdue
            ? Open(GapKind.OverdueTask, overdue.FirstDueOn.AddDays(1), Describe(overdue))
            : null;

    private static Gap? SecondHandOnly(StateFacts state) =>
        state.Stance is { Evidence: Evidence.SecondHand } stance
            ? Open(GapKind.SecondHandOnly, stance.On, $"The position rests on a report by a third party.")
            : null;

    private static Gap? ConfirmedOnOneSource(StateFacts state) =>
        state is { Stance: { Certainty: Certainty.Confirmed } stance, IsSupported: false }
            ? Open(
                GapKind.ConfirmedOnOneSource,
                stance.On,
                $"It is confirmed without a public statement, a note verbale, or two engagements recorded by different people."
            )
            : null;

    private Gap? EvidenceFaded(StateFacts state) =>
        state.Stance is { HalfLife: { } halfLife } stance && DaysSince(stance.On) > halfLife
            ? Open(
                GapKind.EvidenceFaded,
                stance.On.AddDays((int)Math.Floor(halfLife) + 1),
                $"The evidence is of {stance.On:O}, and its half-life is {halfLife:0.#} days."
            )
            : null;

    private static Gap? CoSponsorNotYes(StateFacts state) =>
        state
            is {
                Position: not Position.Yes,
                CoSponsor: { Status: CoSponsorStatus.Signed or CoSponsorStatus.Committed } coSponsor
            }
            ? Open(
                GapKind.CoSponsorNotYes,
                state.Stance is { } stance && stance.On > coSponsor.Since ? stance.On : coSponsor.Since,
                $"Its status as a co-sponsor is {Word(coSponsor.Status)}, and its position is {Word(state.Position)}."
            )
            : null;

    private static Gap? YesNotAskedToCoSponsor(StateFacts state) =>
        state switch
        {
            { Stance: { Position: Position.Yes } stance, CoSponsor: null or { Status: CoSponsorStatus.Wanted } } =>
                Open(
                    GapKind.YesNotAskedToCoSponsor,
                    stance.On,
                    $"Its position is yes, and it was not asked to co-sponsor."
                ),
            // A new text needs a new request. GapText recognizes this case by the missing day.
            { Position: Position.Yes, CoSponsor: { Status: not CoSponsorStatus.Withdrawn, HasCurrentText: false } } =>
                Open(
                    GapKind.YesNotAskedToCoSponsor,
                    since: null,
                    $"Its position is yes, and it was asked to co-sponsor an earlier text only."
                ),
            _ => null,
        };

    private static Gap? ConflictingReports(StateFacts state) =>
        state.Reports.Select(report => report.Position).Distinct().Count() > 1
            ? Open(
                GapKind.ConflictingReports,
                state.Reports.Max(report => report.On),
                $"{string.Join("; ", state.Reports.Select(r => string.Create(CultureInfo.InvariantCulture, $"{Word(r.Position)} by {r.By} on {r.On:O}")))}."
            )
            : null;

    private static Gap? CapitalNotContacted(StateFacts state) =>
        state is { Position: Position.Undecided or Position.Unknown, LastContactOn: not null, ReachedCapital: false }
            ? Open(
                GapKind.CapitalNotContacted,
                since: null,
                $"Only the mission was contacted, and its position is {Word(state.Position)}."
            )
            : null;

    private static FormattableString Describe(OverdueTasks overdue) =>
        overdue.Count == 1
            ? (FormattableString)$"A task was due on {overdue.FirstDueOn:O}."
            : $"{overdue.Count} tasks are overdue; the first was due on {overdue.FirstDueOn:O}.";

    private int DaysSince(DateOnly day) => today.DayNumber - day.DayNumber;

    private static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum => EnumWord<TEnum>.ToWord(value);

    private static Gap Open(GapKind kind, DateOnly? since, FormattableString detail) =>
        new()
        {
            Kind = kind,
            Since = since,
            Detail = detail.ToString(CultureInfo.InvariantCulture),
        };
}
