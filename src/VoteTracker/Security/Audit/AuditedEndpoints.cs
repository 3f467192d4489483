using VoteTracker.Database;
using VoteTracker.Database.Audit;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Metadata;

namespace VoteTracker.Security.Audit;

/// <summary>
/// An endpoint that reads personal data. Each request of a caller with the right has an entry in the audit, which is
/// committed before the data is read. If it cannot be committed, the response is a 503.
/// </summary>
/// <param name="Right">The right to see the personal data. A caller without it reads the rest, without an entry.</param>
internal sealed record ReadsPersonalData(Right Right);

/// <summary>A GET that writes: the address to which the provider of an organisation sends a person back.</summary>
internal sealed record WritesOnGet;

/// <summary>Puts the audit around the endpoints that write, or that read personal data. All others run as without an audit.</summary>
internal static class AuditedEndpoints
{
    /// <summary>It reads personal data, which callers with this right see.</summary>
    public static RouteHandlerBuilder ReadsPersonalData(this RouteHandlerBuilder route, Right right) =>
        route.WithMetadata(new ReadsPersonalData(right)).Fails(StatusCodes.Status503ServiceUnavailable);

    /// <summary>Puts the audit around an endpoint, if it needs one.</summary>
    public static RouteHandlerBuilder Audited(this RouteHandlerBuilder route)
    {
        route.Finally(static endpoint =>
        {
            if (endpoint.RequestDelegate is not { } rest)
            {
                return;
            }
            if (RequestScope.ShowsContacts(endpoint.Metadata))
            {
                endpoint.Metadata.Add(new BeforeReplay(AddRead));
            }
            if (endpoint.Metadata.OfType<ReadsPersonalData>().LastOrDefault() is { } reads)
            {
                endpoint.RequestDelegate = http => Read(http, reads, rest);
            }
            else if (
                endpoint.Metadata.OfType<WritesOnGet>().Any()
                || endpoint.Metadata.OfType<HttpMethodMetadata>().Any(m => m.HttpMethods.Any(IsWrite))
            )
            {
                endpoint.RequestDelegate = http => Write(http, rest);
            }
        });
        return route;
    }

    private static bool IsWrite(string method) => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method);

    private static async Task Read(HttpContext http, ReadsPersonalData reads, RequestDelegate rest)
    {
        if (Caller.FromContext(http).May(reads.Right))
        {
            await AddRead(http);
        }
        await rest(http);
    }

    private static Task AddRead(HttpContext http) =>
        http.RequestServices.GetRequiredService<Db>().AddAudit(RequestScope.Create(http, AuditAction.Read));

    private static async Task Write(HttpContext http, RequestDelegate rest)
    {
        var scope = new RequestScope(http);
        AuditScope.Begin(scope);
        try
        {
            await rest(http);
        }
        finally
        {
            scope.End();
        }
    }
}
