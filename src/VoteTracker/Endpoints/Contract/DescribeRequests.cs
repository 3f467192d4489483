using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using FluentValidation.Validators;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using VoteTracker.Endpoints.Binding;

namespace VoteTracker.Endpoints.Contract;

/// <summary>
/// Derives the schemas of requests from their validators: required fields, accepted words and longest texts. So these
/// rules are declared once.
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
        var missing = Rejected(validator, New(type)).ToHashSet(StringComparer.Ordinal);
        foreach (var property in type.GetProperties())
        {
            var name = Name(property);
            if (missing.Contains(property.Name))
            {
                Require(schema, name);
            }
            if (AcceptedWords.List(validator, type, property) is { } words)
            {
                RestrictWords(schema, name, property, words);
            }
            if (MaxLengthOf(type, property.Name) is { } most)
            {
                ((OpenApiSchema)schema.Properties![name]).MaxLength = most;
            }
            DescribeNested(type, property, validator, schemas);
        }
    }

    // A validator reports an item of a list as Votes[0].Vote, but an inner object only as the object. So each property
    // of the object is left out in turn.
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
                Rejected(validator, New(type, property, value))
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

    private static void RestrictWords(
        OpenApiSchema schema,
        string name,
        PropertyInfo property,
        IReadOnlyList<string> words
    )
    {
        if (words.Count == AcceptedWords.All(Nullable.GetUnderlyingType(property.PropertyType)!).Count)
        {
            return;
        }
        var accepted = words.Select(word => (JsonNode)word).ToList();
        var isRequired = schema.Required?.Contains(name) == true;
        schema.Properties![name] = new OpenApiSchema
        {
            Type = isRequired ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null,
            Enum = isRequired ? accepted : [.. accepted, JsonNullSentinel.JsonNull],
            Description = schema.Properties[name].Description,
        };
    }

    // A validator does not list the rules that it includes. These are the rules of the base type.
    private int? MaxLengthOf(Type type, string property)
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

    private static IEnumerable<string> Rejected(IValidator validator, object value) =>
        validator.Validate(new ValidationContext<object>(value)).Errors.Select(e => e.PropertyName);

    private static Func<string, bool> Is(PropertyInfo property) => Is(property.Name);

    private static Func<string, bool> Is(string name) => rejected => rejected == name;

    private static object New(Type type, PropertyInfo? property = null, object? value = null)
    {
        var instance = Activator.CreateInstance(type)!;
        property?.SetValue(instance, value);
        return instance;
    }

    private static object Full(Type type, PropertyInfo but)
    {
        var instance = New(type);
        foreach (var property in type.GetProperties().Where(p => p.Name != but.Name))
        {
            if (Nullable.GetUnderlyingType(property.PropertyType) is { } value)
            {
                property.SetValue(instance, Activator.CreateInstance(value));
            }
        }
        return instance;
    }

    private static Array ListOf(object item)
    {
        var list = Array.CreateInstance(item.GetType(), 1);
        list.SetValue(item, 0);
        return list;
    }

    private static string Name(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);
}
