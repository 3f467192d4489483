using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using VoteTracker.Endpoints.Binding;

namespace VoteTracker.Features.Exports.Formats;

/// <summary>Writes JSON: one array, or an object a line (NDJSON); a row a line in both.</summary>
internal sealed class JsonRowWriter<TRow>(IBufferWriter<byte> output, bool lines) : IRowWriter<TRow>
{
    private readonly JsonTypeInfo _row = Json.Options.GetTypeInfo(typeof(TRow));

    private readonly Utf8JsonWriter _json = new(output, new JsonWriterOptions { Encoder = Json.Options.Encoder });

    private bool _any;

    public void Start()
    {
        if (!lines)
        {
            output.Write("["u8);
        }
    }

    public void Write(TRow row)
    {
        if (!lines)
        {
            output.Write(_any ? ",\n"u8 : "\n"u8);
        }
        _any = true;
        JsonSerializer.Serialize(_json, row, _row);
        _json.Flush();
        _json.Reset();
        if (lines)
        {
            output.Write("\n"u8);
        }
    }

    public void Finish()
    {
        if (!lines)
        {
            output.Write("\n]\n"u8);
        }
    }

    public void Dispose() => _json.Dispose();
}
