using FastEndpoints;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Endpoints.Binding;

/// <summary>
/// Marks an endpoint that ignores query parameters it does not declare: probes and feeds, whose addresses collect them.
/// </summary>
internal sealed record IgnoresUnknownParameters;

/// <summary>
/// Refuses a request with a query parameter that its endpoint does not declare: a misspelt filter would select
/// everything, and a misspelt `dryRun` would write. Pages have no endpoint and ignore such parameters.
/// </summary>
internal sealed class UnknownParameters(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http) =>
        http.Request.QueryString.HasValue && Check(http) is { } problem ? problem.ExecuteAsync(http) : next(http);

    // The metadata is what the contract describes. Names are compared as ASP.NET Core reads them: case does not count.
    private static IResult? Check(HttpContext http)
    {
        if (
            http.GetEndpoint()?.Metadata is not { } metadata
            || metadata.GetMetadata<EndpointDefinition>() is null
            || metadata.GetMetadata<IgnoresUnknownParameters>() is not null
        )
        {
            return null;
        }
        var declared = metadata.GetOrderedMetadata<QueryParameter>();
        List<string>? unknown = null;
        foreach (var name in http.Request.Query.Keys)
        {
            if (!declared.Any(parameter => string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase)))
            {
                (unknown ??= []).Add(name);
            }
        }
        if (unknown is null)
        {
            return null;
        }
        var known = declared.Select(parameter => parameter.Name).ToList();
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var name in unknown.Take(UnknownName.MostReported))
        {
            errors[SafeText.Show(name)] = [UnknownName.Describe(UnknownName.Parameter, name, known)];
        }
        return Problems.Invalid(errors);
    }
}
