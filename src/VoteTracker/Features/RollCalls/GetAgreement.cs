using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Features.Filters;
using VoteTracker.Features.Record;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.RollCalls;

/// <summary>Shows how often a member voted as another did, or as each of the others.</summary>
internal sealed class GetAgreement(Db db, ReferenceData facts, TimeProvider clock)
    : EndpointWithoutRequest<Results<Ok<AgreementReport>, ProblemHttpResult>>
{
    private static readonly TextParameter AParameter = new("a", "A member, of today or former; needed.", "ZAF");

    private static readonly TextParameter BParameter = new("b", "Another; every other by default.", "NAM");

    public override void Configure()
    {
        Get("/v1/agreement");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Roll calls",
                    "Shows how often members voted alike",
                    "Of two members, or of one with every other that was named with it, those that agree most first. Compared are the roll calls of the UN's record, with `?source=all` also those that the campaign entered on other resolutions, in which both said yes, no or abstained; the answer names its formulas. Former members by their own codes."
                )
                .Takes(AParameter, BParameter)
                .TakesPartOfRecord()
                .IsExpensive()
        );
    }

    public override async Task<Results<Ok<AgreementReport>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var query = new Query(HttpContext);
        var part = RecordFilter.Parse(query);
        var a = query.ReadState(AParameter, facts, SeatKind.Member, SeatKind.Former);
        var b = query.ReadState(BParameter, facts, SeatKind.Member, SeatKind.Former);
        if (a is not null && a == b)
        {
            query.Wrong(BParameter, "must be another than a");
        }
        if (a is null && query.Read(AParameter) is null)
        {
            query.Wrong(AParameter, "is required: the code of a member, such as ZAF");
        }
        var count = new AgreementCount(a ?? "");
        var looked = await db.Read(async connection =>
        {
            await part.Check(connection, query, clock.GetUtcNow());
            var texts = 0;
            if (query.Problem is null)
            {
                await foreach (var names in part.Names(connection))
                {
                    count.Add(names);
                    texts++;
                }
            }
            return texts;
        });
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var others = count.Result();
        return TypedResults.Ok(
            new AgreementReport
            {
                A = a!,
                B = b,
                Session = part.Session,
                From = part.From,
                To = part.To,
                Source = part.Source,
                RollCalls = looked,
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
            }
        );
    }
}

/// <summary>How often a member voted as others did.</summary>
public sealed record AgreementReport
{
    /// <summary>The member's code.</summary>
    public required string A { get; init; }

    /// <summary>The other's; null where every other is compared with.</summary>
    public required string? B { get; init; }

    /// <summary>The session's id; null where all are looked at.</summary>
    public required string? Session { get; init; }

    /// <summary>The first day of the votes; null where there is no first.</summary>
    public required DateOnly? From { get; init; }

    /// <summary>The last day of the votes; null where there is no last.</summary>
    public required DateOnly? To { get; init; }

    /// <summary>`library`: the UN's record alone; `all`: also the roll calls that the campaign entered.</summary>
    public required RecordSource Source { get; init; }

    /// <summary>How many roll calls with names were looked at.</summary>
    public required int RollCalls { get; init; }

    /// <summary>The formula of `identical`: an abstention is an answer as yes and no are.</summary>
    public required string IdenticalFormula { get; init; }

    /// <summary>The formula of `abstentionHalf`: an abstention is half way between yes and no.</summary>
    public required string AbstentionHalfFormula { get; init; }

    /// <summary>The formula of `yesNoOnly`: roll calls in which one of both abstained are left out.</summary>
    public required string YesNoOnlyFormula { get; init; }

    /// <summary>An item a member that has something in common with it: by `abstentionHalf`, the highest first, then by code.</summary>
    public required IReadOnlyList<MemberAgreement> Items { get; init; }
}

/// <summary>How often another member voted as it did.</summary>
public sealed record MemberAgreement
{
    /// <summary>The other's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>Roll calls in which both said yes, no or abstained.</summary>
    public required int Common { get; init; }

    /// <summary>Of these, those in which both did the same.</summary>
    public required int Same { get; init; }

    /// <summary>Of the same, those in which both abstained.</summary>
    public required int BothAbstain { get; init; }

    /// <summary>Those in which one abstained and the other said yes or no.</summary>
    public required int Half { get; init; }

    /// <summary>Those in which one said yes and the other no.</summary>
    public required int Opposite { get; init; }

    /// <summary>same / common, 4 decimals; null where there is nothing in common.</summary>
    public required decimal? Identical { get; init; }

    /// <summary>(same + half / 2) / common, 4 decimals.</summary>
    public required decimal? AbstentionHalf { get; init; }

    /// <summary>(same − bothAbstain) / (same − bothAbstain + opposite), 4 decimals; null where one of both abstained in all.</summary>
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
