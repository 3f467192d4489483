using FastEndpoints;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Endpoints.Binding;

/// <summary>
/// Rejects a request with a query parameter that its endpoint does not declare. A misspelt filter would select everything,
/// and a misspelt `dryRun` would write. Pages and health checks ignore such parameters.
/// </summary>
internal sealed class UnknownParameters(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http) =>
        http.Request.QueryString.HasValue && Check(http) is { } problem ? problem.ExecuteAsync(http) : next(http);

    // The contract describes the same metadata. Names are compared without case, as ASP.NET Core does.
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
