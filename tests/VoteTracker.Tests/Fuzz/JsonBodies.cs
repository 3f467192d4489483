using System.Text;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Fuzz;

/// <summary>JSON bodies that follow a schema. The text is one of bytes, as in <see cref="Texts"/>.</summary>
internal sealed class JsonBodies(FuzzContract contract)
{
    private const int MostItems = 4;

    public string Valid(Draw draw, JsonNode schema) => Write(draw, "", schema);

    private string Write(Draw draw, string name, JsonNode node)
    {
        var schema = contract.Resolve(node);
        if (schema["anyOf"] is JsonArray choices)
        {
            return Write(draw, name, draw.Pick<JsonNode?>([.. choices])!);
        }
        var types = Values.Types(schema);
        if (types.Contains("null") && draw.OneIn(8))
        {
            return "null";
        }
        if (types.Contains("object") || schema["properties"] is not null)
        {
            return WriteObject(draw, schema);
        }
        if (types.Contains("array"))
        {
            var items = Enumerable.Range(0, draw.Below(MostItems + 1)).Select(_ => Write(draw, name, schema["items"]!));
            return $"[{string.Join(',', items)}]";
        }
        var value = Values.Valid(draw, name, schema);
        var isBare = types.Contains("integer") || types.Contains("number") || types.Contains("boolean");
        return value is null ? "null"
            : isBare ? value
            : Texts.Quoted(draw, value);
    }

    private string WriteObject(Draw draw, JsonObject schema)
    {
        var required = schema["required"]?.AsArray().Select(n => n!.GetValue<string>()).ToList() ?? [];
        var text = new StringBuilder("{");
        foreach (var (name, says) in schema["properties"]?.AsObject() ?? [])
        {
            if (required.Contains(name) || draw.Percent(40))
            {
                text.Append(text.Length > 1 ? "," : "").Append('"').Append(name).Append("\":");
                text.Append(Write(draw, name, says!));
            }
        }
        return text.Append('}').ToString();
    }
}
