using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using VoteTracker.Endpoints.Binding;

namespace VoteTracker.Endpoints.Contract;

/// <summary>Orders the properties of a schema as the serializer does, if their type declares an order.</summary>
internal sealed class PropertyOrder : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (
            schema is not OpenApiSchema { Properties: { Count: > 0 } properties }
            || !context
                .Type.GetProperties()
                .Any(property => property.IsDefined(typeof(JsonPropertyOrderAttribute), inherit: true))
        )
        {
            return;
        }
        var declared = properties.ToDictionary(StringComparer.Ordinal);
        var order = Json.Options.GetTypeInfo(context.Type).Properties.Select(property => property.Name);
        properties.Clear();
        foreach (var name in order.Where(declared.ContainsKey))
        {
            properties.Add(name, declared[name]);
        }
    }
}
