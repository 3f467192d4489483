using VoteTracker.Database;
using VoteTracker.Features.Record;
using VoteTracker.Features.RollCalls;
using VoteTracker.Live;
using VoteTracker.Localization;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Web.Pages;

/// <summary>The page that shows how often members voted alike.</summary>
internal sealed class GetAgreementPage(Assets assets, Db db, ReferenceData referenceData) : PageEndpoint(assets)
{
    public override void Configure() => Serve("/agreement");

    public override async Task HandleAsync(CancellationToken ct)
    {
        var page = CreateContext();
        var a = Member(QueryText("a"));
        var b = Member(QueryText("b"));
        var report =
            a is null || a == b
                ? null
                : await db.Read(c => AgreementReport.Load(c, RecordFilter.Whole(RecordSource.Library), a, b));
        var model = new AgreementModel
        {
            A = a,
            B = b,
            Report = report,
            Members =
            [
                .. referenceData
                    .Roster.Seats.Where(seat => seat.Kind != SeatKind.Observer)
                    .Select(seat => seat.Iso3)
                    .OrderBy(page.Language.State, StringComparer.OrdinalIgnoreCase),
            ],
        };
        await SendPage(page, await Render<AgreementPage>(page, model), isPublic: false);
    }

    private string? Member(string? iso3) =>
        iso3 is not null && referenceData.Roster.Find(iso3) is { Kind: not SeatKind.Observer } seat ? seat.Iso3 : null;
}

/// <summary>What the page of agreement shows.</summary>
public sealed record AgreementModel
{
    /// <summary>The member; null if none is chosen.</summary>
    public required string? A { get; init; }

    /// <summary>The other member; null for all.</summary>
    public required string? B { get; init; }

    /// <summary>The report; null if no member is chosen.</summary>
    public required AgreementReport? Report { get; init; }

    /// <summary>The members that can be chosen.</summary>
    public required IReadOnlyList<string> Members { get; init; }
}
