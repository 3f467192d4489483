using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FastEndpoints;
using FluentValidation;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Endpoints.Binding;

/// <summary>
/// A JSON merge patch (RFC 7396): it sets the fields that it names, null clears a field, the others keep their value. The
/// validator of the type checks the whole result.
/// </summary>
internal sealed class MergePatch<T> : ICustomBody
    where T : class
{
    // The case of field names does not matter; the value is the name in the contract.
    private static readonly Dictionary<string, string> Known = Json
        .Bodies.GetTypeInfo(typeof(T))
        .Properties.ToDictionary(p => p.Name, p => p.Name, StringComparer.OrdinalIgnoreCase);

    private readonly JsonObject _patch;
    private readonly IValidator<T> _validator;

    private MergePatch(JsonObject patch, IValidator<T> validator) => (_patch, _validator) = (patch, validator);

    /// <summary>The current value with the patch merged into it; a <see cref="ProblemException"/> if the result is invalid.</summary>
    public T ApplyTo(T current)
    {
        var merged = JsonSerializer.SerializeToNode(current, Json.Options)!.AsObject();
        foreach (var (name, value) in _patch)
        {
            merged[Known[name]] = value?.DeepClone();
        }
        return JsonBody<T>.Read(Encoding.UTF8.GetBytes(merged.ToJsonString()), _validator);
    }

    /// <summary>Reads it from a request.</summary>
    public static async ValueTask<MergePatch<T>> Read(HttpContext http)
    {
        if (!http.Request.HasJsonContentType() && !ContentTypes.Is(http.Request, "application/merge-patch+json"))
        {
            throw new ProblemException(
                Problems.UnsupportedMediaType("application/merge-patch+json or application/json")
            );
        }
        using var bytes = await RawBody.Read(http);
        var patch = Parse(bytes.Memory.Span);
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var unknown = patch.Select(p => p.Key).Where(name => !Known.ContainsKey(name));
        foreach (var name in unknown.Take(UnknownName.MostReported))
        {
            errors[SafeText.Show(name)] = [UnknownName.Describe(UnknownName.PatchedField, name, Known.Values)];
        }
        if (errors.Count > 0)
        {
            throw new ProblemException(Problems.Invalid(errors));
        }
        return new MergePatch<T>(patch, http.RequestServices.GetRequiredService<IValidator<T>>());
    }

    private static JsonObject Parse(ReadOnlySpan<byte> json)
    {
        JsonText.Check(json);
        var options = new JsonDocumentOptions { MaxDepth = Json.Bodies.MaxDepth };
        if (JsonNode.Parse(json, documentOptions: options) is JsonObject { Count: > 0 } patch)
        {
            return patch;
        }
        throw new ProblemException(Problems.Invalid("body", "must be a JSON object that names the fields to change"));
    }
}

/// <summary>Binds a merge patch.</summary>
internal sealed class MergePatchBinder<T> : IRequestBinder<MergePatch<T>>
    where T : class
{
    public ValueTask<MergePatch<T>> BindAsync(BinderContext ctx, CancellationToken ct) =>
        MergePatch<T>.Read(ctx.HttpContext);
}
