using System.Data.Common;
using VoteTracker.Features.Record;
using VoteTracker.Live;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.RollCalls;

/// <summary>How often a member voted like others.</summary>
public sealed record AgreementReport
{
    /// <summary>The member's code.</summary>
    public required string A { get; init; }

    /// <summary>The other member's code; null if all others are compared.</summary>
    public required string? B { get; init; }

    /// <summary>The session's id; null for all sessions.</summary>
    public required string? Session { get; init; }

    /// <summary>The first day of the votes; null if there is no lower bound.</summary>
    public required DateOnly? From { get; init; }

    /// <summary>The last day of the votes; null if there is no upper bound.</summary>
    public required DateOnly? To { get; init; }

    /// <summary>`library`: the UN's record alone; `all`: also the roll calls that the campaign entered.</summary>
    public required RecordSource Source { get; init; }

    /// <summary>The number of roll calls with names that were compared.</summary>
    public required int RollCalls { get; init; }

    /// <summary>The formula of `identical`: an abstention counts like yes and no.</summary>
    public required string IdenticalFormula { get; init; }

    /// <summary>The formula of `abstentionHalf`: an abstention is half way between yes and no.</summary>
    public required string AbstentionHalfFormula { get; init; }

    /// <summary>The formula of `yesNoOnly`: roll calls in which either member abstained are excluded.</summary>
    public required string YesNoOnlyFormula { get; init; }

    /// <summary>An item for each member with a common roll call: by `abstentionHalf`, the highest first, then by code.</summary>
    public required IReadOnlyList<MemberAgreement> Items { get; init; }

    /// <summary>Compares a member with another one, or with every other member that was named with it.</summary>
    internal static async Task<AgreementReport> Load(DbConnection connection, RecordFilter part, string a, string? b)
    {
        var count = new AgreementCount(a);
        var rollCalls = 0;
        await foreach (var names in part.Names(connection))
        {
            count.Add(names);
            rollCalls++;
        }
        var others = count.Result();
        return new AgreementReport
        {
            A = a,
            B = b,
            Session = part.Session,
            From = part.From,
            To = part.To,
            Source = part.Source,
            RollCalls = rollCalls,
            IdenticalFormula = Agreement.IdenticalFormula,
            AbstentionHalfFormula = Agreement.AbstentionHalfFormula,
            YesNoOnlyFormula = Agreement.YesNoOnlyFormula,
            Items = b is null
                ?
                [
                    .. others
                        .Where(other => other.Agreement.Common > 0)
                        .Select(other => MemberAgreement.Create(other.MemberState, other.Agreement))
                        .OrderByDescending(item => item.AbstentionHalf)
                        .ThenBy(item => item.MemberState, StringComparer.Ordinal),
                ]
                : [MemberAgreement.Create(b, others.FirstOrDefault(other => other.MemberState == b).Agreement)],
        };
    }
}

/// <summary>How often another member voted like it.</summary>
public sealed record MemberAgreement
{
    /// <summary>The other member's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>The name of the state, in the language of the response.</summary>
    public StateName Name => new(MemberState);

    /// <summary>Roll calls in which both voted yes, no or abstained.</summary>
    public required int Common { get; init; }

    /// <summary>Of these, those in which both voted the same.</summary>
    public required int Same { get; init; }

    /// <summary>Of those with the same vote, those in which both abstained.</summary>
    public required int BothAbstain { get; init; }

    /// <summary>Those in which one abstained and the other voted yes or no.</summary>
    public required int Half { get; init; }

    /// <summary>Those in which one voted yes and the other no.</summary>
    public required int Opposite { get; init; }

    /// <summary>same / common, 4 decimals; null if there is no common roll call.</summary>
    public required decimal? Identical { get; init; }

    /// <summary>(same + half / 2) / common, 4 decimals.</summary>
    public required decimal? AbstentionHalf { get; init; }

    /// <summary>(same − bothAbstain) / (same − bothAbstain + opposite), 4 decimals; null if either abstained in all.</summary>
    public required decimal? YesNoOnly { get; init; }

    internal static MemberAgreement Create(string memberState, Agreement agreement) =>
        new()
        {
            MemberState = memberState,
            Common = agreement.Common,
            Same = agreement.Same,
            BothAbstain = agreement.BothAbstain,
            Half = agreement.Half,
            Opposite = agreement.Opposite,
            Identical = agreement.Identical,
            AbstentionHalf = agreement.AbstentionHalf,
            YesNoOnly = agreement.YesNoOnly,
        };
}
