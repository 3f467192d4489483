using System.Data.Common;
using VoteTracker.Features.Assignments;
using VoteTracker.Features.Changes;
using VoteTracker.Features.Contacts;
using VoteTracker.Features.CoSponsors;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Localization;
using VoteTracker.Security;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Learning;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Gaps;

/// <summary>Finds the gaps of a resolution.</summary>
internal sealed class GapLoader(
    ReferenceData referenceData,
    VotingRecordCache pastVotes,
    PredictionCache predictions,
    Settings settings
)
{
    private static readonly string Mission = EnumWord<Office>.ToWord(Office.Mission);

    /// <summary>
    /// Loads the member states with gaps as of a moment, the largest effect first, then by name in English. Only members
    /// that may vote have gaps, and only until the vote: otherwise the list is empty.
    /// </summary>
    /// <param name="connection">The connection to the database.</param>
    /// <param name="resolution">The resolution.</param>
    /// <param name="caller">The caller, who may see contacts. A record that the caller may not see does not count.</param>
    /// <param name="at">The moment: now or earlier.</param>
    /// <param name="iso3">The code of the only member that is loaded; all if it is null.</param>
    public async Task<IReadOnlyList<StateGaps>> Load(
        DbConnection connection,
        Resolution resolution,
        Caller caller,
        DateTimeOffset at,
        string? iso3 = null
    )
    {
        if (!caller.May(Right.SeeContacts))
        {
            throw new InvalidOperationException("Gaps show contacts, which the caller may not see.");
        }
        var version = await ResolutionVersion.FindAt(connection, resolution.Id, at);
        var scope = new GapScope(resolution.Id, caller, at, version, iso3);
        if (await VoteFacts.Load(connection, scope) is not { Basis: Basis.Stances } vote)
        {
            return [];
        }
        var members = referenceData
            .Roster.MembersOn(vote.Day)
            .Where(member => (iso3 is null || member == iso3) && !vote.Ineligible.Contains(member));
        var facts = await LoadFacts(connection, resolution, scope, vote);
        var rules = new GapRules(scope.Today, settings.NotContactedAfterDays);
        return Order(
            members.Select(member => ToGaps(facts(member), vote.Rule, rules)).Where(state => state.Gaps.Count > 0),
            Language.English
        );
    }

    /// <summary>Orders states: the largest effect first, then by name in a language.</summary>
    public static IReadOnlyList<StateGaps> Order(IEnumerable<StateGaps> states, Language language) =>
        [
            .. states
                .OrderByDescending(state => state.Effect)
                .ThenBy(state => state.MemberState, Comparer<string>.Create((a, b) => CompareNames(a, b, language))),
        ];

    /// <summary>Compares two states by name in a language, then by code.</summary>
    public static int CompareNames(string a, string b, Language language) =>
        string.Compare(language.State(a), language.State(b), StringComparison.OrdinalIgnoreCase) is var order and not 0
            ? order
            : string.CompareOrdinal(a, b);

    private static StateGaps ToGaps(StateFacts state, MajorityRule rule, GapRules rules) =>
        new()
        {
            MemberState = state.MemberState,
            Assignee = state.Assignee,
            Position = state.Position,
            Effect = PathToGoal.LargestEffect(rule, state.Position) ?? 0,
            Gaps = rules.List(state),
        };

    private async Task<Func<string, StateFacts>> LoadFacts(
        DbConnection connection,
        Resolution resolution,
        GapScope scope,
        VoteFacts vote
    )
    {
        var stances = await StanceFacts.List(connection, scope);
        var supported = await StanceFacts.ListSupported(connection, scope);
        var reports = await ReportFacts.List(connection, scope);
        var contacts = await ContactFacts.ListLastDays(connection, scope);
        var capitals = await ContactFacts.ListReachedCapitals(connection, scope);
        var overdue = await TaskFacts.ListOverdue(connection, scope);
        var assignments = await AssignmentStore.ListAll(connection, scope.Resolution, scope.At);
        var coSponsors = await CoSponsorStore.ListAll(connection, scope.Resolution, scope.At);
        var prediction = stances.Values.Any(row => row.Certainty == EnumWord<Certainty>.ToWord(Certainty.Leaning))
            ? (await predictions.Get(connection, await pastVotes.Load(connection), resolution.Id, vote.Day)).Record
            : null;
        return iso3 => ToFacts(iso3, stances.GetValueOrDefault(iso3));

        StateFacts ToFacts(string iso3, StanceFacts.StanceRow? row) =>
            new()
            {
                MemberState = iso3,
                Assignee = assignments.GetValueOrDefault(iso3)?.Assignee,
                Stance = row is null ? null : ToFact(row, prediction),
                LastContactOn = contacts.TryGetValue(iso3, out var day) ? day : null,
                ReachedCapital = capitals.Contains(iso3) || (row?.Office is { } office && office != Mission),
                Overdue = overdue.GetValueOrDefault(iso3),
                IsSupported = supported.Contains(iso3),
                Reports = [.. reports[iso3]],
                CoSponsor = coSponsors.TryGetValue(iso3, out var coSponsor)
                    ? new CoSponsorFact(
                        coSponsor.Status,
                        coSponsor.Since ?? NewYork.DayOf(coSponsor.ChangedAt),
                        DraftText.NumberOf(coSponsor.TextVersion) == vote.Text
                    )
                    : null,
            };
    }

    private StanceFact ToFact(StanceFacts.StanceRow row, RecordPrediction? prediction)
    {
        var position = EnumWord<Position>.Parse(row.Position);
        var certainty = EnumWord<Certainty>.ParseOrNull(row.Certainty);
        return new StanceFact(
            position,
            certainty,
            EnumWord<Evidence>.ParseOrNull(row.Evidence),
            NewYork.DayOf(row.ChangedAt),
            certainty is { } known ? HalfLifeOf(row.MemberState, position, known, prediction) : null
        );
    }

    // As in the forecast. A position that promises no vote has no record that could support it.
    private double HalfLifeOf(string iso3, Position position, Certainty certainty, RecordPrediction? prediction)
    {
        const double neither = 0.5;
        var parameters = settings.ForecastParameters;
        return
            certainty == Certainty.Leaning
            && Expectation
                .Create(new Ballot(iso3, position, certainty, Eligible: true), days: 0, prediction!, parameters)
                .HalfLife
                is { } halfLife
            ? halfLife
            : parameters.HalfLife(certainty, neither);
    }
}
