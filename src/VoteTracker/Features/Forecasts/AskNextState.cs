using System.Globalization;
using VoteTracker.Live;
using VoteTracker.Voting.Dependence;
using VoteTracker.Voting.KnownStances;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Forecasts;

/// <summary>A state to ask, and what its answer is expected to say. Amounts of information are in bits.</summary>
public sealed record AskNextState
{
    /// <summary>A stance is firm if it is kept with at least this probability.</summary>
    internal const double Firm = 0.75;

    internal const string ByAdoption =
        "score = expectedReduction: the uncertainty about adoption now, minus the expected uncertainty after the answer.";

    internal const string ByVotes =
        "score = ownUncertainty + 40 × aboutOthers: the result is nearly certain, so the votes themselves count.";

    internal const string ByVotesWithoutRule =
        "score = ownUncertainty + 40 × aboutOthers: the required majority is not recorded, so the votes themselves count.";

    private const int MaxMoved = 3;
    private const double LeastMoved = 0.005;

    /// <summary>The member's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>The name of the state, in the language of the response.</summary>
    public StateName Name => new(MemberState);

    /// <summary>The position.</summary>
    public required Position Position { get; init; }

    /// <summary>The certainty.</summary>
    public required Certainty? Certainty { get; init; }

    /// <summary>Its chances in the forecast; from the record alone while no stance is recorded.</summary>
    public required FourChances Chances { get; init; }

    /// <summary>The value that it is ranked by.</summary>
    public required double Score { get; init; }

    /// <summary>The expected reduction of the uncertainty about adoption.</summary>
    public required double ExpectedReduction { get; init; }

    /// <summary>The uncertainty of its vote: 0 if it is certain, 2 if all four votes have the same chance.</summary>
    public required double OwnUncertainty { get; init; }

    /// <summary>How much its vote says about what moves the other members: the mutual information with the common factors.</summary>
    public required double AboutOthers { get; init; }

    /// <summary>The probability of adoption for each answer; null if the rule is not recorded.</summary>
    public required ProbabilityAfter? Probability { get; init; }

    /// <summary>The states whose chances the answer is expected to move most: three at most, and none if it moves them by less than half a percent.</summary>
    public required IReadOnlyList<string> Moves { get; init; }

    /// <summary>The reason in words.</summary>
    public required string Reason { get; init; }

    internal static AskNextState Create(
        ForecastSnapshot forecast,
        VoteCases cases,
        ExpectedAnswer answer,
        AskNextCriterion criterion
    )
    {
        var member = forecast.Members[answer.Member];
        var chances = member.Chances;
        string[] moved =
        [
            .. AskNext
                .FindMoved(cases, answer.Member, MaxMoved)
                .Where(other => other.Change >= LeastMoved)
                .Select(other => forecast.Members[other.Member].Ballot.MemberState),
        ];
        var after = forecast.Standings.Rule == MajorityRule.NotRecorded ? null : ProbabilityAfter.Create(answer);
        return new AskNextState
        {
            MemberState = member.Ballot.MemberState,
            Position = member.Ballot.Position,
            Certainty = member.Ballot.Certainty,
            Chances = FourChances.FromChances(chances),
            Score = answer.Score(criterion),
            ExpectedReduction = answer.Reduction,
            OwnUncertainty = answer.OwnUncertainty,
            AboutOthers = answer.AboutOthers,
            Probability = after,
            Moves = moved,
            Reason = Explain(chances, after, criterion, moved),
        };
    }

    private static string Explain(
        VoteTracker.Voting.Forecasts.Chances chances,
        ProbabilityAfter? after,
        AskNextCriterion criterion,
        string[] moved
    )
    {
        var likeliest = Enum.GetValues<Vote>().MaxBy(vote => chances[vote]);
        var second = Enum.GetValues<Vote>().Where(vote => vote != likeliest).MaxBy(vote => chances[vote]);
        var own = string.Create(
            CultureInfo.InvariantCulture,
            $"Its vote is open: {Words(likeliest)} {chances[likeliest]:0%}, {Words(second)} {chances[second]:0%}."
        );
        var result =
            after is null ? " The required majority is not recorded."
            : criterion == AskNextCriterion.Votes ? " The result hardly depends on it."
            : string.Create(
                CultureInfo.InvariantCulture,
                $" The probability of the majority is {after.Yes:0.0%} if it votes yes, and {after.No:0.0%} if it votes no."
            );
        var others = moved.Length == 0 ? "" : $" Its answer also says most about {string.Join(", ", moved)}.";
        return own + result + others;

        static string Words(Vote vote) => vote == Vote.NonVoting ? "absent" : EnumWord<Vote>.ToWord(vote);
    }
}

/// <summary>The probability of adoption for each answer of one state, with what the answer says about other states.</summary>
public sealed record ProbabilityAfter
{
    /// <summary>If it votes yes.</summary>
    public required double Yes { get; init; }

    /// <summary>If it votes no.</summary>
    public required double No { get; init; }

    /// <summary>If it abstains.</summary>
    public required double Abstain { get; init; }

    /// <summary>If it does not vote.</summary>
    public required double Absent { get; init; }

    internal static ProbabilityAfter Create(ExpectedAnswer answer) =>
        new()
        {
            Yes = answer.ProbabilityAfter[(int)Vote.Yes],
            No = answer.ProbabilityAfter[(int)Vote.No],
            Abstain = answer.ProbabilityAfter[(int)Vote.Abstain],
            Absent = answer.ProbabilityAfter[(int)Vote.NonVoting],
        };
}
