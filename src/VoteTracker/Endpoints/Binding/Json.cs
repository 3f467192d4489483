using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using VoteTracker.Endpoints.Text;
using VoteTracker.Localization;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Endpoints.Binding;

/// <summary>The options for JSON: camelCase, enums as words and never numbers, no duplicate fields.</summary>
internal static class Json
{
    // A tree has two levels for each part of a part.
    private const int MostLevels = 512;
    private const int MostLevelsOfBody = 32;

    /// <summary>The options of the whole service.</summary>
    public static readonly JsonSerializerOptions Options = Configure(
        // Without this, the options have no resolver before they are first used.
        new JsonSerializerOptions(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() }
    );

    /// <summary>
    /// The options for request bodies. An unknown field is an error, and invisible characters at both ends of a text are
    /// removed. Stored JSON is read with <see cref="Options"/>: another release may have written it.
    /// </summary>
    public static readonly JsonSerializerOptions Bodies = new(Options)
    {
        MaxDepth = MostLevelsOfBody,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new TrimmedTextConverter() },
    };

    private static readonly Dictionary<Language, JsonSerializerOptions> ByLanguage = Language.All.ToDictionary(
        language => language,
        language => language == Language.English ? Options : LocalizedText.Configure(new(Options), language)
    );

    /// <summary>The options of responses with names and sentences in a language.</summary>
    public static JsonSerializerOptions For(Language language) => ByLanguage[language];

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.AllowDuplicateProperties = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = MostLevels;
        // Names are not escaped, because responses are JSON and never a part of a page.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new WordConverters());
        options.Converters.Add(new MomentConverter());
        return LocalizedText.Configure(options, Language.English);
    }

    // Accepts only single words: the framework's converter combines "yes, no" to a third value.
    private sealed class WordConverters : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(WordConverter<>).MakeGenericType(typeToConvert))!;
    }

    private sealed class WordConverter<TEnum> : JsonConverter<TEnum>
        where TEnum : struct, Enum
    {
        public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && EnumWord<TEnum>.TryParse(reader.GetString(), out var value)
                ? value
                : throw new JsonException($"must be one of {string.Join(", ", EnumWord<TEnum>.All)}");

        public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) =>
            writer.WriteStringValue(EnumWord<TEnum>.ToWord(value));
    }

    private sealed class TrimmedTextConverter : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String
                ? VisibleText.Trim(reader.GetString()!)
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value);
    }

    // UTC with a Z, without trailing zeros.
    private sealed class MomentConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) =>
            Moments.TryParse(reader.GetString(), out var moment)
                ? moment
                : throw new JsonException("must be a moment with its offset (RFC 3339)");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Moments.Text(value));
    }
}
