using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using VoteTracker.Endpoints.Binding;

namespace VoteTracker.Endpoints.Contract;

/// <summary>
/// Describes which properties can be null or missing. A property that is left out instead of null cannot be null, and a
/// restricted property can be missing.
/// </summary>
internal sealed class DescribeNulls : ISchemaFilter
{
    /// <summary>A schema that also accepts null.</summary>
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
