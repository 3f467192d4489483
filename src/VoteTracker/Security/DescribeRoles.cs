using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using VoteTracker.Endpoints.Contract;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Security;

/// <summary>Says which role an operation needs, in words and as its security.</summary>
internal sealed class DescribeRoles : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var needs = context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<RequiresRole>().Last();
        var role = needs.Role;
        var key = new OpenApiSecurityRequirement
        {
            [new OpenApiSecuritySchemeReference(OpenApi.KeyScheme, context.Document)] = [],
        };
        operation.Security = role == Role.Anonymous ? [new OpenApiSecurityRequirement(), key] : [key];
        var sentence = role switch
        {
            Role.Anonymous => "Role: anonymous and up; what is not public needs a key.",
            Role.Admin => "Role: admin.",
            _ => $"Role: {EnumWord<Role>.ToWord(role)} and up.",
        };
        if (needs.HidesExistence)
        {
            sentence += " A caller without a key gets 404 for a resolution that is not public.";
        }
        operation.Description = $"{operation.Description}\n\n{sentence}";
    }
}
