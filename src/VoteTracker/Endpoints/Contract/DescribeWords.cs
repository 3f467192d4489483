using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace VoteTracker.Endpoints.Contract;

/// <summary>Describes each word of an enum with the comment of its member.</summary>
internal sealed class DescribeWords : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema { Enum: not null } words || !context.Type.IsEnum)
        {
            return;
        }
        var lines = Enum.GetNames(context.Type)
            .Zip(EnumWordList.ListWords(context.Type))
            .Select(p => $"- `{p.Second}`: {XmlComments.FindWord(context.Type, p.First)}");
        words.Description = $"{words.Description}\n\n{string.Join('\n', lines)}";
    }
}
