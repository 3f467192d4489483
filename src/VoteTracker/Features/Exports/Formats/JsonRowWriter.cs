using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using VoteTracker.Endpoints.Binding;

namespace VoteTracker.Features.Exports.Formats;

/// <summary>Writes JSON: one array with a row per line, or NDJSON.</summary>
internal sealed class JsonRowWriter<TRow>(Table<TRow> table, IBufferWriter<byte> output, bool lines) : IRowWriter<TRow>
{
    private readonly JsonTypeInfo _row = Json.Options.GetTypeInfo(typeof(TRow));

    private readonly SelectedJson<TRow>? _selected = table.IsSelection ? new SelectedJson<TRow>(table) : null;

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
        if (_selected is null)
        {
            JsonSerializer.Serialize(_json, row, _row);
        }
        else
        {
            _selected.Write(_json, row);
        }
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
