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
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.RollCalls;

/// <summary>Shows how often two members voted alike, or one member and each other member.</summary>
internal sealed class GetAgreement(Db db, ReferenceData referenceData, TimeProvider clock)
    : EndpointWithoutRequest<Results<Localized<AgreementReport>, ProblemHttpResult>>
{
    private static readonly TextParameter AParameter = new(
        "a",
        "A member of today or a former member; required.",
        "ZAF"
    );

    private static readonly TextParameter BParameter = new("b", "Another member; by default every other one.", "NAM");

    public override void Configure()
    {
        Get("/v1/agreement");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Roll calls",
                    "Shows how often members voted alike",
                    "Compares two members, or one member with every other that was named with it; those that agree most come first. It uses the roll calls of the UN's record in which both voted yes, no or abstained. `?source=all` adds those that the campaign entered on other resolutions. The response names its formulas. Former members have their own codes."
                )
                .Takes(AParameter, BParameter, Lang.Parameter)
                .TakesPartOfRecord()
                .IsExpensive()
        );
    }

    public override async Task<Results<Localized<AgreementReport>, ProblemHttpResult>> ExecuteAsync(
        CancellationToken ct
    )
    {
        var query = new Query(HttpContext);
        var language = query.ReadLanguage();
        var part = RecordFilter.Parse(query, clock.GetUtcNow());
        var a = query.ReadState(AParameter, referenceData, SeatKind.Member, SeatKind.Former);
        var b = query.ReadState(BParameter, referenceData, SeatKind.Member, SeatKind.Former);
        if (a is not null && a == b)
        {
            query.Wrong(BParameter, "must be another than a");
        }
        if (a is null && query.Read(AParameter) is null)
        {
            query.Wrong(AParameter, "is required: the code of a member, such as ZAF");
        }
        var report = await db.Read(async connection =>
        {
            await part.Check(connection, query, Caller.FromContext(HttpContext), clock.GetUtcNow());
            return query.Problem is null ? await AgreementReport.Load(connection, part, a!, b) : null;
        });
        return query.Problem is { } problem ? problem : Localized.Ok(report!, language);
    }
}
