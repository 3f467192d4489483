using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using FluentValidation;

namespace VoteTracker.Http;

/// <summary>Reads a JSON body of a type, and validates it.</summary>
internal static class JsonBody<T>
    where T : class
{
    /// <summary>Reads and validates; a <see cref="Refusal"/> names what is wrong.</summary>
    public static T Read(ReadOnlySpan<byte> json, IValidator<T>? validator)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        T? value = null;
        try
        {
            value = JsonSerializer.Deserialize<T>(json, Json.Options);
        }
        catch (JsonException)
        {
            JsonText.Check(json);
            value = ReadFieldByField(json, errors);
        }
        if (value is null)
        {
            throw new Refusal(Problems.Invalid("body", "must be a JSON object"));
        }
        Validate(value, validator, errors);
        return value;
    }

    /// <summary>Validates what was read, adding to what reading found; a <see cref="Refusal"/> names all of it.</summary>
    public static void Validate(T value, IValidator<T>? validator, Dictionary<string, string[]> errors)
    {
        if (validator?.Validate(value) is { IsValid: false } result)
        {
            foreach (
                var group in result
                    .Errors.Where(e => !(e.ErrorMessage == Rules.IsRequired && IsThere(Path(e.PropertyName))))
                    .GroupBy(e => Path(e.PropertyName), StringComparer.Ordinal)
            )
            {
                errors[group.Key] = [.. group.Select(e => e.ErrorMessage).Distinct()];
            }
        }
        if (errors.Count > 0)
        {
            throw new Refusal(Problems.Invalid(errors));
        }

        // What was found to be wrong, or to hold something wrong, is not missing.
        bool IsThere(string field) =>
            errors.Keys.Any(wrong => wrong == field || wrong.StartsWith(field + "[", StringComparison.Ordinal));
    }

    // The reader stops at the first wrong field; the caller wants to hear of all of them. So each field is read alone,
    // and what is left without the wrong ones is validated.
    private static T? ReadFieldByField(ReadOnlySpan<byte> json, Dictionary<string, string[]> errors)
    {
        var fields =
            JsonNode.Parse(
                json,
                new JsonNodeOptions { PropertyNameCaseInsensitive = true },
                new JsonDocumentOptions { MaxDepth = Json.Options.MaxDepth }
            ) as JsonObject;
        if (fields is null)
        {
            return null;
        }
        foreach (var property in Json.Options.GetTypeInfo(typeof(T)).Properties)
        {
            if (fields.TryGetPropertyValue(property.Name, out var node))
            {
                var before = errors.Count;
                WrongFields.Find(property.Name, node, property.PropertyType, errors);
                if (errors.Count > before)
                {
                    fields.Remove(property.Name);
                }
            }
        }
        return errors.Count > 0
            ? fields.Deserialize<T>(Json.Options)
            : throw new Refusal(Problems.Invalid("body", WrongFields.NotOfTheForm));
    }

    // FluentValidation names properties as C# does; the contract names fields as JSON does.
    private static string Path(string property) =>
        string.Join('.', property.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
