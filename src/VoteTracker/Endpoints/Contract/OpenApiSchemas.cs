using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using VoteTracker.Endpoints.Binding;

namespace VoteTracker.Endpoints.Contract;

/// <summary>
/// Says which properties can be null or missing: a property of another schema's type can be null, one that is left out
/// instead cannot, and a restricted one can be missing.
/// </summary>
internal sealed class DescribeNulls : ISchemaFilter
{
    /// <summary>What a schema describes, or null.</summary>
    public static OpenApiSchema OrNull(IOpenApiSchema schema, string? description) =>
        new() { AnyOf = [schema, new OpenApiSchema { Type = JsonSchemaType.Null }], Description = description };

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (
            schema is not OpenApiSchema { Properties: { Count: > 0 } properties }
            || context.Type.Assembly != typeof(DescribeNulls).Assembly
        )
        {
            return;
        }
        foreach (var property in Json.Options.GetTypeInfo(context.Type).Properties)
        {
            if (property.AttributeProvider is PropertyInfo info && properties.TryGetValue(property.Name, out var found))
            {
                properties[property.Name] = Described(info, found);
                if (info.IsDefined(typeof(RestrictedAttribute)))
                {
                    schema.Required?.Remove(property.Name);
                }
            }
        }
    }

    private static IOpenApiSchema Described(PropertyInfo property, IOpenApiSchema schema)
    {
        var leftOut =
            property.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition == JsonIgnoreCondition.WhenWritingNull;
        var nullable = new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;
        if (schema is OpenApiSchemaReference reference && nullable && !leftOut)
        {
            var description = reference.Description;
            reference.Description = null;
            return OrNull(reference, description);
        }
        if (schema is OpenApiSchema inline)
        {
            if (leftOut)
            {
                inline.Type &= ~JsonSchemaType.Null;
            }
            if (inline.Items is OpenApiSchemaReference item)
            {
                item.Description = null;
            }
        }
        return schema;
    }
}

/// <summary>Says what each word of an enum means, from the comments of its members.</summary>
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
            .Select(p => $"- `{p.Second}`: {XmlComments.OfWord(context.Type, p.First)}");
        words.Description = $"{words.Description}\n\n{string.Join('\n', lines)}";
    }
}

/// <summary>The words of an enum that is known only when running.</summary>
internal static class EnumWordList
{
    public static IEnumerable<JsonNode> ListWords(Type type) => AcceptedWords.All(type).Select(word => (JsonNode)word);
}
