using System.Reflection;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace VoteTracker.Endpoints.Contract;

/// <summary>
/// The contract at `/openapi/v1.json` (OpenAPI 3.1) and `/openapi/v1-3.0.json` (OpenAPI 3.0), and the pages that show it
/// at `/docs`.
/// </summary>
internal static class OpenApi
{
    /// <summary>The name of the security scheme: a key.</summary>
    public const string KeyScheme = "key";

    private const string Introduction = """
        Counts votes in the UN General Assembly: where each member state stands on a draft resolution, whether two
        thirds of the members present and voting are reached, and what would turn it. It takes no side.

        **Words.** JSON is camelCase; enums are words in lower case with hyphens, never numbers. Moments are UTC,
        ISO 8601; days are New York's, where the Assembly sits. A member state's key is its code, ISO 3166-1 alpha-3.

        **Keys.** What is public needs none. A key travels as `Authorization: Bearer vt_…`; a bad one is refused
        everywhere. Each role includes the one before: viewer, lobbyist, coordinator, admin.

        **Versions.** What can be changed has an ETag. A write under a resolution or on a contact names the one it saw
        (`If-Match: "7"`), or that nothing was there (`If-None-Match: *`), or that it does not care (`If-Match: *`).
        A read that names the one it has (`If-None-Match`) is answered 304 while nothing is newer. Versions only rise, and
        can leave out numbers: after a restore they continue from a multiple of 1,000,000 above all earlier ones. Cursors
        of before a restore are answered 410, with the address to restart from.

        **Lists** answer `{"items": […]}`; the next page is in the header `Link: <…>; rel="next"`.

        **Changes in part.** PATCH takes a JSON merge patch (RFC 7396): named fields are set, null empties one, the others
        keep their value.

        **Problems** are `application/problem+json` (RFC 9457), with a stable `type`; a 400 names every wrong field. An
        address answers a method that it does not support with 405 and the header `Allow`.

        **Generators.** Tools that do not read OpenAPI 3.1 take the same document as OpenAPI 3.0 at
        `/openapi/v1-3.0.json`.

        **Input.** An unknown query parameter or JSON field is a 400 that names it and the closest known one; their case
        does not matter. The probes ignore unknown parameters. Texts in JSON are stored without white space, no-break and
        zero-width characters at both ends; what is inside a text stays as it is.

        **Methods.** HEAD works wherever GET does, and OPTIONS everywhere. A method that an address does not have is a
        405 with `Allow`.

        **Bodies** are UTF-8, with or without a byte order mark, plain or with `Content-Encoding: gzip`. Another charset or
        encoding is a 415. The limit of a body applies before and after it is decompressed. A body that is incomplete or
        has malformed chunks is a 400, one that arrives too slowly a 408.

        **Formats.** Where an operation offers several media types, `Accept` chooses; `q=0` excludes one. If nothing that
        is offered is acceptable, the first one listed is returned: there is no 406.

        **Browsers.** A page of any origin may read (CORS); a page may write if the service's settings name its origin.

        **What is not HTTP.** The server refuses some requests before the service sees them, with a status and an empty
        body: a malformed request line, path or header (400), `*` with another method than OPTIONS (405), a request line
        of more than 8 KB (414), headers of more than 32 KB (431), another version of HTTP (505).
        """;

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
                    Description = Introduction,
                    License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
                    Contact = new OpenApiContact { Name = "VoteTracker" },
                }
            );
            options.AddServer(new OpenApiServer { Url = "/", Description = "The service that answers this document." });
            options.AddSecurityDefinition(
                KeyScheme,
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
            options.OperationFilter<DescribeParameters>();
            options.OperationFilter<DescribeBodies>();
            options.OperationFilter<DescribeAnswers>();
            options.SchemaFilter<DescribeNulls>();
            options.SchemaFilter<PropertyOrder>();
            options.SchemaFilter<DescribeWords>();
            // In this order: a patch is made from a whole, and an example is put where its schema is.
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
        // This must come first: the other template also matches its address.
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
            options.RoutePrefix = "docs";
            options.DocumentTitle = "VoteTracker";
            options.SwaggerEndpoint("/openapi/v1.json", "VoteTracker v1");
            options.EnableDeepLinking();
        });
    }

    // Page<Stance> is PageOfStance; everything else is called what it is.
    private static string SchemaId(Type type) =>
        type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}Of{string.Concat(type.GetGenericArguments().Select(SchemaId))}"
            : type.Name;
}

/// <summary>Says what the operations under each heading are about, in reading order.</summary>
internal sealed class DescribeTags : IDocumentFilter
{
    private static readonly (string Name, string Description)[] All =
    [
        ("Member states", "The members of the United Nations and the observers, their groups, and who may vote."),
        ("Sessions", "The emergency special sessions."),
        ("Resolutions", "Texts put, or to be put, to the vote: drafts, amendments, paragraphs, motions."),
        ("Stances", "Where each member state stands on a text, how firmly, and how that is known."),
        ("Tallies", "The count: now, as of a moment, as it changes, and by group."),
        ("Forecasts", "What is to be expected of a vote, what would turn it, and whether it came so."),
        ("Scenarios", "What if: the count as it would be."),
        ("Co-sponsors", "The states behind a text, members and observers."),
        ("Roll calls", "What the Assembly's record shows."),
        (
            "Exports",
            "Tables to take away, each row complete in itself, as CSV, JSON, NDJSON or a spreadsheet: now, or as of a moment."
        ),
        ("Imports", "The Assembly's whole record, from the Library's file; for coordinators and up."),
        ("Contacts", "Whom lobbyists talk to, and what came of it; for lobbyists and up."),
        ("Changes", "Everything that changed, in order."),
        ("API keys", "Who may call; for admins."),
        ("Health", "The probes."),
    ];

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context) =>
        swaggerDoc.Tags = All.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description })
            .ToHashSet();
}
