using System.Reflection;
using System.Runtime.Serialization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Endpoints.Contract;

/// <summary>
/// The contract at `/openapi/v1.json` (OpenAPI 3.1) and `/openapi/v1-3.0.json` (OpenAPI 3.0), and Swagger UI
/// at `/swagger`. The pages at `/docs` are made from it.
/// </summary>
internal static class OpenApi
{
    /// <summary>The name of the security scheme: a key.</summary>
    public const string KeyScheme = "key";

    private const string Introduction = """
        Counts votes in the UN General Assembly: the position of each member state on a draft resolution, whether
        two thirds of the members present and voting are reached, and what would change the result. It takes no side.

        **Words.** JSON is camelCase. Enums are words in lower case with hyphens, never numbers. Moments are UTC in
        ISO 8601; days are New York days, where the Assembly sits. The key of a member state is its ISO 3166-1 alpha-3
        code.

        **Keys.** Public data needs no key. Send a key as `Authorization: Bearer vt_…`; a wrong key is rejected
        everywhere. Each role includes the one before: {roles}.

        **Versions.** A resource that can change has an ETag. A write below a resolution or to a contact names the
        version that the caller saw (`If-Match: "7"`), that nothing existed (`If-None-Match: *`), or any version
        (`If-Match: *`). A read with `If-None-Match` returns 304 if nothing is newer. Versions only rise and can skip
        numbers. After a restore they continue from a multiple of 1,000,000 above all earlier ones. A cursor from before
        the restore gets a 410 with the address to restart from.

        **Lists** are `{"items": […]}`. The next page is in the header `Link: <…>; rel="next"`.

        **Partial changes.** PATCH takes a JSON merge patch (RFC 7396): named fields are set, null clears a field, the
        others keep their value.

        **Problems** are `application/problem+json` (RFC 9457) with a stable `type`; the schema `Problem` lists the types.
        A 400 names every wrong field.

        **Generators.** Tools that do not read OpenAPI 3.1 can use the same document as OpenAPI 3.0 at
        `/openapi/v1-3.0.json`.

        **Input.** An unknown query parameter or JSON field is a 400 that names it and the closest known one. Names are
        compared without case. The probes ignore unknown parameters. Texts in JSON are stored without white space,
        no-break and zero-width characters at both ends.

        **Methods.** HEAD works wherever GET does, and OPTIONS everywhere. A method that an address does not support is a
        405 with the header `Allow`.

        **Bodies** are UTF-8, with or without a byte order mark, plain or with `Content-Encoding: gzip`. Another charset
        or encoding is a 415. The limit of a body applies before and after it is decompressed. A body that is incomplete
        or has malformed chunks is a 400; one that arrives too slowly is a 408.

        **Formats.** Where an operation offers several media types, `Accept` chooses; `q=0` excludes one. If no offered
        type is acceptable, the first one is returned: there is no 406.

        **Browsers.** A page of any origin may read (CORS). A page may write if the settings of the service name its
        origin.

        **Requests that the server rejects.** The server rejects some requests before the service reads them, with a status
        and an empty body: a malformed request line, path or header (400), `*` with another method than OPTIONS (405), a
        request line of more than 8 KB (414), headers of more than 32 KB (431), another version of HTTP (505).
        """;

    public static IServiceCollection AddOpenApiContract(this IServiceCollection services, IEnumerable<string> roleWords)
    {
        var roles = string.Join(", ", roleWords);
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(options =>
        {
            foreach (var type in LocalizedText.Types)
            {
                options.MapType(type, () => new OpenApiSchema { Type = JsonSchemaType.String });
            }
            options.SwaggerDoc(
                "v1",
                new OpenApiInfo
                {
                    Title = "VoteTracker",
                    Version = "v1",
                    Description = Introduction.Replace("{roles}", roles, StringComparison.Ordinal),
                    License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
                    Contact = new OpenApiContact { Name = "VoteTracker" },
                }
            );
            options.AddServer(new OpenApiServer { Url = "/", Description = "The service that serves this document." });
            options.AddSecurityDefinition(
                KeyScheme,
                new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    Description = $"An API key, `vt_…`. Each role includes the one before: {roles}.",
                }
            );
            options.IncludeXmlComments(Assembly.GetExecutingAssembly());
            options.SupportNonNullableReferenceTypes();
            options.NonNullableReferenceTypesAsRequired();
            options.CustomSchemaIds(SchemaId);
            options.OrderActionsBy(api => $"{api.RelativePath} {api.HttpMethod}");
            options.OperationFilter<DescribeParameters>();
            options.OperationFilter<DescribeBodies>();
            options.OperationFilter<DescribeResponses>();
            options.SchemaFilter<DescribeNulls>();
            options.SchemaFilter<PropertyOrder>();
            options.SchemaFilter<DescribeWords>();
            // The order matters: a patch comes from a complete schema, and an example needs its schema.
            options.DocumentFilter<DescribeTags>();
            options.DocumentFilter<DescribeProblems>();
            options.DocumentFilter<DescribeRequests>();
            options.DocumentFilter<DescribePatches>();
            options.DocumentFilter<OpenApiExamples>();
        });
        return services;
    }

    public static IApplicationBuilder UseOpenApiContract(this IApplicationBuilder app)
    {
        // This must come first, because the other template also matches its address.
        app.UseSwagger(options =>
        {
            options.RouteTemplate = "openapi/{documentName}-3.0.json";
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_0;
            options.PreSerializeFilters.Add((document, _) => OpenApi30.Convert(document));
        });
        app.UseSwagger(options =>
        {
            options.RouteTemplate = "openapi/{documentName}.json";
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        });
        return app.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "swagger";
            options.DocumentTitle = "VoteTracker";
            options.SwaggerEndpoint("/openapi/v1.json", "VoteTracker v1");
            options.EnableDeepLinking();
        });
    }

    /// <summary>
    /// The name of a type's schema: the name of the type, or the one in its <see cref="DataContractAttribute"/> if the type
    /// was renamed after a release. Page&lt;Stance&gt; is PageOfStance.
    /// </summary>
    public static string SchemaId(Type type) =>
        type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}Of{string.Concat(type.GetGenericArguments().Select(SchemaId))}"
            : type.GetCustomAttribute<DataContractAttribute>()?.Name ?? type.Name;
}
