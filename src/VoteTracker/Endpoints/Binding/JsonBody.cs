using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using FluentValidation;
using FluentValidation.Results;
using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Endpoints.Binding;

/// <summary>Reads a JSON body of a type, and validates it.</summary>
internal static class JsonBody<T>
    where T : class
{
    /// <summary>Reads and validates; a <see cref="ProblemException"/> names what is wrong.</summary>
    public static T Read(ReadOnlySpan<byte> json, IValidator<T>? validator)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        IReadOnlyList<string> misspelt = [];
        T? value = null;
        try
        {
            value = JsonSerializer.Deserialize<T>(json, Json.Bodies);
        }
        catch (JsonException)
        {
            JsonText.Check(json);
            value = ReadFieldByField(json, validator, errors, out misspelt);
        }
        if (value is null)
        {
            throw new ProblemException(Problems.Invalid("body", "must be a JSON object"));
        }
        Validate(value, validator, errors, misspelt);
        return value;
    }

    /// <summary>Validates a value; a <see cref="ProblemException"/> names these faults and those from reading.</summary>
    /// <param name="value">The value.</param>
    /// <param name="validator">The validator of its type, if there is one.</param>
    /// <param name="errors">The faults from reading.</param>
    /// <param name="misspelt">The closest known fields of the unknown ones.</param>
    public static void Validate(
        T value,
        IValidator<T>? validator,
        Dictionary<string, string[]> errors,
        IReadOnlyCollection<string>? misspelt = null
    )
    {
        if (validator?.Validate(value) is { IsValid: false } result)
        {
            Add(result, errors, misspelt ?? []);
        }
        if (errors.Count > 0)
        {
            throw new ProblemException(Problems.Invalid(errors));
        }
    }

    // A wrong or misspelt field was not read, so the faults that the validator finds in it do not apply.
    private static void Add(
        ValidationResult result,
        Dictionary<string, string[]> errors,
        IReadOnlyCollection<string> misspelt
    )
    {
        var notRead = errors.Keys.Concat(misspelt).ToList();
        foreach (
            var group in result
                .Errors.GroupBy(e => Path(e.PropertyName), StringComparer.Ordinal)
                .Where(group => !notRead.Exists(wrong => IsOrHolds(group.Key, wrong)))
        )
        {
            errors[group.Key] = [.. group.Select(e => e.ErrorMessage).Distinct()];
        }
    }

    private static bool IsOrHolds(string field, string path) =>
        path.StartsWith(field, StringComparison.Ordinal)
        && (path.Length == field.Length || path[field.Length] is '[' or '.');

    // The serializer stops at the first wrong field, but the response names all of them. So each field is read alone, and
    // the rest is validated without the wrong ones.
    private static T? ReadFieldByField(
        ReadOnlySpan<byte> json,
        IValidator<T>? validator,
        Dictionary<string, string[]> errors,
        out IReadOnlyList<string> misspelt
    )
    {
        misspelt = [];
        var fields =
            JsonNode.Parse(
                json,
                new JsonNodeOptions { PropertyNameCaseInsensitive = true },
                new JsonDocumentOptions { MaxDepth = Json.Bodies.MaxDepth }
            ) as JsonObject;
        if (fields is null)
        {
            return null;
        }
        var shape = Json.Bodies.GetTypeInfo(typeof(T));
        var unknown = WrongFields.FindUnknown("", fields, shape, errors);
        if (unknown.Count > UnknownName.MostReported)
        {
            // The fields are valid, but the object is not.
            throw new ProblemException(Problems.Invalid(errors));
        }
        misspelt =
        [
            .. unknown.Select(name => ClosestName.Find(name, shape.Properties.Select(p => p.Name))).OfType<string>(),
        ];
        foreach (var name in unknown)
        {
            fields.Remove(name);
        }
        foreach (var property in shape.Properties)
        {
            if (fields.TryGetPropertyValue(property.Name, out var node))
            {
                var before = errors.Count;
                var words = property.AttributeProvider is PropertyInfo declared
                    ? AcceptedWords.List(validator, typeof(T), declared)
                    : null;
                WrongFields.Find(property.Name, node, property.PropertyType, errors, words);
                if (errors.Count > before)
                {
                    fields.Remove(property.Name);
                }
            }
        }
        return errors.Count > 0
            ? fields.Deserialize<T>(Json.Bodies)
            : throw new ProblemException(Problems.Invalid("body", WrongFields.NotOfTheForm));
    }

    // FluentValidation returns C# names; the contract has JSON names.
    private static string Path(string property) =>
        string.Join('.', property.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
