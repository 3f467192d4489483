using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace VoteTracker.Http;

/// <summary>The contract (OpenAPI 3.1) at `/openapi/v1.json`, and the pages that show it at `/docs`.</summary>
internal static class OpenApi
{
    public static IServiceCollection AddOpenApiContract(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc(
                "v1",
                new OpenApiInfo
                {
                    Title = "VoteTracker",
                    Version = "v1",
                    Description =
                        "Counts votes in the UN General Assembly: where each member state stands on a draft resolution, "
                        + "whether two thirds of the members present and voting are reached, and what would turn it. "
                        + "It takes no side.",
                    License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
                    Contact = new OpenApiContact { Name = "VoteTracker" },
                }
            );
            options.AddServer(new OpenApiServer { Url = "/", Description = "The service that answers this document." });
            options.AddSecurityDefinition(
                ContractFilter.Scheme,
                new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    Description =
                        "An API key, `vt_…`; each role includes the one before: viewer, lobbyist, coordinator, admin.",
                }
            );
            options.IncludeXmlComments(Assembly.GetExecutingAssembly());
            options.SupportNonNullableReferenceTypes();
            options.NonNullableReferenceTypesAsRequired();
            options.CustomSchemaIds(SchemaId);
            options.OrderActionsBy(api => $"{api.RelativePath} {api.HttpMethod}");
            options.OperationFilter<OperationFilter>();
            options.SchemaFilter<SchemaFilter>();
            options.DocumentFilter<ContractFilter>();
        });
        return services;
    }

    public static IApplicationBuilder UseOpenApiContract(this IApplicationBuilder app)
    {
        app.UseSwagger(options =>
        {
            options.RouteTemplate = "openapi/{documentName}.json";
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        });
        return app.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "docs";
            options.DocumentTitle = "VoteTracker";
            options.SwaggerEndpoint("/openapi/v1.json", "VoteTracker v1");
        });
    }

    // Page<Stance> is PageOfStance; everything else is called what it is.
    private static string SchemaId(Type type) =>
        type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}Of{string.Concat(type.GetGenericArguments().Select(SchemaId))}"
            : type.Name;
}
