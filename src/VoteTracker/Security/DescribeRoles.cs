using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using VoteTracker.Endpoints.Contract;
using VoteTracker.Endpoints.Pipeline;

namespace VoteTracker.Security;

/// <summary>Describes the roles that may call an operation, in words and as its security.</summary>
internal sealed class DescribeRoles : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var required = context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<RequiresRight>().Last();
        var isPublic = Rights.IsPublic(required.Right);
        var key = new OpenApiSecurityRequirement
        {
            [new OpenApiSecuritySchemeReference(OpenApi.KeyScheme, context.Document)] = [],
        };
        operation.Security = isPublic ? [new OpenApiSecurityRequirement(), key] : [key];
        var sentence = $"Role: {Rights.DescribeRoles(required.Right, "and up")}";
        sentence += isPublic ? "; data that is not public needs a key." : ".";
        if (IsSecretAddress(context.ApiDescription.RelativePath ?? ""))
        {
            sentence =
                $"Role: {Rights.DescribeRoles(required.Right, "and up")}; no key is needed, because the address is the key.";
        }
        if (required.HidesExistence)
        {
            sentence += " A caller without a key gets 404 for a resolution that is not public.";
        }
        operation.Description = $"{operation.Description}\n\n{sentence}";
    }

    private static bool IsSecretAddress(string path) =>
        path.StartsWith($"{SharedPaths.Root[1..]}/", StringComparison.Ordinal)
        || path.EndsWith(CalendarPaths.Ending, StringComparison.Ordinal);
}
