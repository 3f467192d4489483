using System.Text.Json;
using System.Text.Json.Serialization;
using VoteTracker.Localization;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Endpoints.Text;

/// <summary>Writes the values that have a text in each language as strings. Such values are only in responses.</summary>
internal static class LocalizedText
{
    /// <summary>The types of these values; strings in the contract.</summary>
    public static readonly IReadOnlyList<Type> Types =
    [
        typeof(Sentence),
        typeof(ConveningSentence),
        typeof(StateName),
        typeof(GroupName),
    ];

    /// <summary>Adds the converters of a language, before those that are there.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options, Language language)
    {
        options.Converters.Insert(0, new Converter<Sentence>(language.Sentence));
        options.Converters.Insert(0, new Converter<ConveningSentence>(language.Convening));
        options.Converters.Insert(0, new Converter<StateName>(name => language.State(name.Iso3)));
        options.Converters.Insert(0, new Converter<GroupName>(name => language.Group(name.Key)));
        return options;
    }

    private sealed class Converter<T>(Func<T, string> write) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new JsonException("is read-only");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(write(value));
    }
}
