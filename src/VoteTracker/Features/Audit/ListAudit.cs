using System.Globalization;
using System.Net;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Endpoints.Text;
using VoteTracker.Security;
using VoteTracker.Security.Audit;

namespace VoteTracker.Features.Audit;

/// <summary>Lists the audit.</summary>
internal sealed class ListAudit(Db db, TimeProvider clock)
    : EndpointWithoutRequest<Results<Ok<Page<AuditedAct>>, ProblemHttpResult>>
{
    private static readonly SinceParameter FromParameter = new("from", "Only entries at this moment or later.", "24h");

    private static readonly PastMomentParameter ToParameter = new(
        "to",
        "Only entries at this moment or earlier.",
        "2026-11-21T22:10:00Z"
    )
    {
        IsUpperBound = true,
    };

    private static readonly TextParameter AuthorParameter = new(
        "author",
        "Only entries of this author: the id of a key, or a word such as `settings` or `service`."
    );

    private static readonly WordParameter<AuditAction> ActionParameter = new("action", "Only entries of this kind.");

    private static readonly TextParameter AddressParameter = new(
        "address",
        "Only entries with this address of a client.",
        "192.0.2.7"
    );

    public override void Configure()
    {
        Get("/v1/audit");
        Description(route =>
            route
                .Requires(Right.ReadAudit)
                .ReadsPersonalData(Right.ReadAudit)
                .Described(
                    "Audit",
                    "Lists the audit",
                    "The newest first: every write, every read of personal data, every refused key and right, and every sign-in. This read is the first entry. The entries are a chain of hashes; `VoteTracker audit verify` checks it."
                )
                .Takes(FromParameter, ToParameter, AuthorParameter, ActionParameter, AddressParameter)
                .Pages()
        );
    }

    public override async Task<Results<Ok<Page<AuditedAct>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, "audit");
        var now = clock.Moment();
        var filter = new AuditFilter
        {
            From = query.Read(FromParameter, now),
            To = query.Read(ToParameter, now),
            Author = query.Read(AuthorParameter),
            Action = query.Read(ActionParameter),
            Address = query.Read(AddressParameter),
        };
        if (filter.From > filter.To)
        {
            query.Wrong(ToParameter, "must not be before from");
        }
        if (filter.Address is { } address && !IPAddress.TryParse(address, out _) && !IPNetwork.TryParse(address, out _))
        {
            query.Wrong(
                AddressParameter,
                $"must be an address such as 192.0.2.7, or a network such as 2001:db8::/64; found {SafeText.Quote(address)}"
            );
        }
        if (filter.Author is { } author && !await db.Read(connection => AuditStore.HasAuthor(connection, author)))
        {
            query.Wrong(
                AuthorParameter,
                $"must be the id of a key that has entries, or a word such as settings or service; found {SafeText.Quote(author)}"
            );
        }
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var rows = await db.Read(connection => AuditStore.List(connection, filter, paging.BeforeNumber, paging.Rows));
        return TypedResults.Ok(
            paging.Page(
                HttpContext,
                rows,
                AuditedAct.FromRow,
                row => row.Entry.Seq.ToString(CultureInfo.InvariantCulture)
            )
        );
    }
}
