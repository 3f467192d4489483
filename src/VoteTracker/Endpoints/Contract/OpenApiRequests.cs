using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FluentValidation;
using FluentValidation.Validators;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using VoteTracker.Endpoints.Binding;

namespace VoteTracker.Endpoints.Contract;

/// <summary>
/// Describes requests by asking their validators: what they refuse when it is missing is required, the words that they
/// refuse are none of the enum's, and a text is as long as they let it be. So nothing is said twice.
/// </summary>
internal sealed class DescribeRequests(IServiceProvider services) : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        foreach (var type in typeof(DescribeRequests).Assembly.GetTypes().Where(t => t is { IsClass: true }))
        {
            if (
                !type.ContainsGenericParameters
                && swaggerDoc.Components!.Schemas!.TryGetValue(type.Name, out var schema)
                && ValidatorOf(type) is { } validator
            )
            {
                Describe((OpenApiSchema)schema, type, validator, swaggerDoc.Components.Schemas);
            }
        }
    }

    private IValidator? ValidatorOf(Type type) =>
        (IValidator?)services.GetService(typeof(IValidator<>).MakeGenericType(type));

    private void Describe(
        OpenApiSchema schema,
        Type type,
        IValidator validator,
        IDictionary<string, IOpenApiSchema> schemas
    )
    {
        var missing = Refused(validator, New(type)).ToHashSet(StringComparer.Ordinal);
        foreach (var property in type.GetProperties())
        {
            var name = Name(property);
            if (missing.Contains(property.Name))
            {
                Require(schema, name);
            }
            if (AcceptedWords.List(validator, type, property) is { } words)
            {
                KeepWords(schema, name, property, words);
            }
            if (LongestOf(type, property.Name) is { } most)
            {
                ((OpenApiSchema)schema.Properties![name]).MaxLength = most;
            }
            DescribeNested(type, property, validator, schemas);
        }
    }

    // What belongs to the items of a list is refused as Votes[0].Vote; what belongs to an object inside, as the object,
    // so each of its properties is left out in turn.
    private static void DescribeNested(
        Type type,
        PropertyInfo property,
        IValidator validator,
        IDictionary<string, IOpenApiSchema> schemas
    )
    {
        var isList =
            property.PropertyType.IsGenericType && property.PropertyType.IsAssignableTo(typeof(IEnumerable<object>));
        var inner = isList ? property.PropertyType.GetGenericArguments()[0] : property.PropertyType;
        if (inner.Assembly != type.Assembly || !schemas.TryGetValue(inner.Name, out var found))
        {
            return;
        }
        foreach (var part in inner.GetProperties())
        {
            object value = isList ? ListOf(New(inner)) : Full(inner, but: part);
            if (
                Refused(validator, New(type, property, value))
                    .Any(isList ? Is($"{property.Name}[0].{part.Name}") : Is(property))
            )
            {
                Require((OpenApiSchema)found, Name(part));
            }
        }
    }

    private static void Require(OpenApiSchema schema, string name)
    {
        (schema.Required ??= new SortedSet<string>(StringComparer.Ordinal)).Add(name);
        var property = (OpenApiSchema)schema.Properties![name];
        if (property.AnyOf is [OpenApiSchemaReference reference, _])
        {
            reference.Description = property.Description;
            schema.Properties[name] = reference;
        }
        property.Type &= ~JsonSchemaType.Null;
    }

    private static void KeepWords(OpenApiSchema schema, string name, PropertyInfo property, IReadOnlyList<string> words)
    {
        if (words.Count == AcceptedWords.All(Nullable.GetUnderlyingType(property.PropertyType)!).Count)
        {
            return;
        }
        var kept = words.Select(word => (JsonNode)word).ToList();
        var isRequired = schema.Required?.Contains(name) == true;
        schema.Properties![name] = new OpenApiSchema
        {
            Type = isRequired ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null,
            Enum = isRequired ? kept : [.. kept, JsonNullSentinel.JsonNull],
            Description = schema.Properties[name].Description,
        };
    }

    // A validator that includes another's rules does not tell them: those are the rules of the type's base.
    private int? LongestOf(Type type, string property)
    {
        for (var t = type; t != typeof(object); t = t.BaseType!)
        {
            var length = ValidatorOf(t)
                ?.CreateDescriptor()
                .GetValidatorsForMember(property)
                .Select(v => v.Validator)
                .OfType<ILengthValidator>()
                .FirstOrDefault();
            if (length is { Max: > 0 })
            {
                return length.Max;
            }
        }
        return null;
    }

    private static IEnumerable<string> Refused(IValidator validator, object value) =>
        validator.Validate(new ValidationContext<object>(value)).Errors.Select(e => e.PropertyName);

    private static Func<string, bool> Is(PropertyInfo property) => Is(property.Name);

    private static Func<string, bool> Is(string name) => refused => refused == name;

    private static object New(Type type, PropertyInfo? property = null, object? value = null)
    {
        var made = Activator.CreateInstance(type)!;
        property?.SetValue(made, value);
        return made;
    }

    private static object Full(Type type, PropertyInfo but)
    {
        var made = New(type);
        foreach (var property in type.GetProperties().Where(p => p.Name != but.Name))
        {
            if (Nullable.GetUnderlyingType(property.PropertyType) is { } value)
            {
                property.SetValue(made, Activator.CreateInstance(value));
            }
        }
        return made;
    }

    private static Array ListOf(object item)
    {
        var list = Array.CreateInstance(item.GetType(), 1);
        list.SetValue(item, 0);
        return list;
    }

    private static string Name(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);
}

/// <summary>
/// Gives a merge patch a schema of its own: no field is required, null empties one, and at least one must be named.
/// </summary>
internal sealed partial class DescribePatches : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var schemas = swaggerDoc.Components!.Schemas!;
        var bodies = swaggerDoc
            .Paths.Values.SelectMany(p => p.Operations!.Values)
            .Select(o => o.RequestBody?.Content)
            .OfType<IDictionary<string, IOpenApiMediaType>>()
            .ToList();
        foreach (var body in bodies.Where(b => b.ContainsKey("application/merge-patch+json")))
        {
            var id = ((OpenApiSchemaReference)body.Values.First().Schema!).Reference.Id!;
            var patch = Whole().Replace(id, "${resource}Patch");
            schemas[patch] = PatchOf((OpenApiSchema)schemas[id]);
            foreach (var media in body.Values.Cast<OpenApiMediaType>())
            {
                media.Schema = new OpenApiSchemaReference(patch, swaggerDoc);
            }
            if (!bodies.Exists(b => b.Values.Any(m => m.Schema is OpenApiSchemaReference r && r.Reference.Id == id)))
            {
                schemas.Remove(id);
            }
        }
    }

    private static OpenApiSchema PatchOf(OpenApiSchema whole) =>
        new()
        {
            Type = JsonSchemaType.Object,
            Description =
                "A merge patch (RFC 7396): named fields are set, null empties one, the others keep their value.",
            Properties = whole.Properties,
            MinProperties = 1,
            AdditionalPropertiesAllowed = false,
        };

    // ContactFields and RecordStanceRequest: ContactPatch and StancePatch.
    [GeneratedRegex("^(Record)?(?<resource>.+?)(Fields|Request)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Whole();
}
