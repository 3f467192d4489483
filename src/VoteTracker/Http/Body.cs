using System.Buffers;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FluentValidation;
using Microsoft.AspNetCore.Http.Metadata;

namespace VoteTracker.Http;

/// <summary>
/// A JSON body, read within the limit and validated before the handler sees it. When it is wrong, the answer names
/// every wrong field: those of the wrong type and those that a validator refuses.
/// </summary>
internal sealed class Body<T> : IEndpointParameterMetadataProvider
    where T : class
{
    private Body(T value) => Value = value;

    /// <summary>What was sent.</summary>
    public T Value { get; }

    public static async ValueTask<Body<T>> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        if (!http.Request.HasJsonContentType())
        {
            throw new Refusal(Problems.UnsupportedMediaType("application/json"));
        }
        using var bytes = await RawBody.Read(http);
        return new Body<T>(Read(bytes.Memory.Span, http.RequestServices.GetService<IValidator<T>>()));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptedBody(typeof(T), "application/json"));

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

/// <summary>A body as bytes, no more of them than the limit.</summary>
internal static class RawBody
{
    /// <summary>The whole body; a <see cref="Refusal"/> with 413 where it is larger than the settings allow.</summary>
    public static async ValueTask<RentedBytes> Read(HttpContext http)
    {
        var limit = http.RequestServices.GetRequiredService<Settings>().MaxBodyBytes;
        if (http.Request.ContentLength > limit)
        {
            throw new Refusal(Problems.TooLarge(limit));
        }
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            if (read.Buffer.Length > limit)
            {
                reader.AdvanceTo(read.Buffer.End);
                throw new Refusal(Problems.TooLarge(limit));
            }
            if (read.IsCompleted)
            {
                var bytes = new RentedBytes((int)read.Buffer.Length);
                read.Buffer.CopyTo(bytes.Memory.Span);
                reader.AdvanceTo(read.Buffer.End);
                return bytes;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}

/// <summary>Bytes borrowed from the pool.</summary>
internal sealed class RentedBytes(int length) : IDisposable
{
    private readonly byte[] _array = ArrayPool<byte>.Shared.Rent(length);

    public Memory<byte> Memory => _array.AsMemory(0, length);

    public void Dispose() => ArrayPool<byte>.Shared.Return(_array);
}
