using System.Globalization;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Localization;

/// <summary>
/// A language in which people read pages, pictures and names. Its texts are in the folder of its code. Enum words, field
/// names and problems stay English.
/// </summary>
public sealed class Language
{
    private static readonly Dictionary<LanguageCode, Language> Languages = Enum.GetValues<LanguageCode>()
        .ToDictionary(code => code, code => new Language(code));

    private readonly LanguageCode _code;
    private readonly Lazy<Messages> _messages;

    private Language(LanguageCode code) =>
        (_code, _messages) = (code, new Lazy<Messages>(() => Localization.Messages.Load(code)));

    /// <summary>English, the default.</summary>
    public static Language English => Languages[LanguageCode.En];

    /// <summary>All languages, in the order of the United Nations' pages.</summary>
    public static IReadOnlyCollection<Language> All => Languages.Values;

    /// <summary>The ISO 639-1 code, also the value of `lang`.</summary>
    public string Code => CodeOf(_code);

    /// <summary>The code as an enum value.</summary>
    public LanguageCode LanguageCode => _code;

    /// <summary>Whether it is written from right to left.</summary>
    public bool IsRightToLeft => _code == LanguageCode.Ar;

    /// <summary>The attribute `dir` of HTML.</summary>
    public string Direction => IsRightToLeft ? "rtl" : "ltr";

    /// <summary>The messages, loaded on first use.</summary>
    internal Messages Messages => _messages.Value;

    /// <summary>Whether its folder has texts. Without them, names are in the language and all other texts are English.</summary>
    public bool HasTexts => Messages.Keys.Count > 0;

    /// <summary>The language of a code.</summary>
    public static Language From(LanguageCode code) => Languages[code];

    /// <summary>The language of a code such as `fr`; null if it is not one of the six.</summary>
    public static Language? Find(string? code) =>
        EnumWord<LanguageCode>.TryParse(code, out var found) ? Languages[found] : null;

    /// <summary>The code of a language.</summary>
    public static string CodeOf(LanguageCode language) => EnumWord<LanguageCode>.ToWord(language);

    /// <summary>
    /// The text of a message. The first value named `n` selects the plural. A key without a message is an error of the
    /// program: the tests find it.
    /// </summary>
    public string Text(string key, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var texts =
            Messages.Find(key)
            ?? English.Messages.Find(key)
            ?? throw new InvalidOperationException($"There is no message '{key}'.");
        if (texts.TryGetValue("", out var only))
        {
            return Localization.Messages.Fill(only, values);
        }
        foreach (var (name, value) in values)
        {
            if (name == "n" && value is int n)
            {
                return Localization.Messages.Fill(Plural(texts, PluralRules.Cardinal(_code, n)), values);
            }
        }
        throw new InvalidOperationException($"The message '{key}' needs a number n.");
    }

    /// <summary>The texts of a message by plural category, for a script that counts itself.</summary>
    public IReadOnlyDictionary<string, string> Plurals(string key) => Messages.Find(key) ?? English.Messages.Find(key)!;

    /// <summary>The word of an enum value that people read, such as a position.</summary>
    public string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum => Text($"{Prefix(typeof(TEnum).Name)}.{EnumWord<TEnum>.ToWord(value)}");

    /// <summary>A place in an order, such as `2nd`.</summary>
    public string Ordinal(int n) =>
        Localization.Messages.Fill(
            Plural(Messages.Find("ordinal") ?? English.Messages.Find("ordinal")!, PluralRules.Ordinal(_code, n)),
            [("n", n)]
        );

    /// <summary>The short name of a member state, a former member or an observer; the code if it is unknown.</summary>
    public string State(string iso3) => StateNames.Find(_code, iso3) ?? iso3;

    /// <summary>The name of a regional group or a bloc; the key if it has none.</summary>
    public string Group(string key) =>
        (Messages.Find($"group.{key}") ?? English.Messages.Find($"group.{key}"))?.GetValueOrDefault("") ?? key;

    /// <summary>A day with the name of its month.</summary>
    public string Day(DateOnly day) => Date("date.day", day);

    /// <summary>A day with a short month and without the year.</summary>
    public string ShortDay(DateOnly day) => Date("date.short", day);

    /// <summary>A moment in UTC.</summary>
    public string Moment(DateTimeOffset moment)
    {
        var utc = moment.UtcDateTime;
        return Text(
            "date.moment",
            ("date", Day(DateOnly.FromDateTime(utc))),
            ("time", utc.ToString("HH:mm", CultureInfo.InvariantCulture))
        );
    }

    // A language without a text for a category has the text for all others.
    private static string Plural(IReadOnlyDictionary<string, string> texts, string category) =>
        texts.TryGetValue(category, out var text) ? text
        : texts.TryGetValue("other", out var other) ? other
        : texts.Values.Last();

    private string Date(string key, DateOnly day) =>
        Text(
            day.Day == 1 && Messages.Find($"{key}.first") is not null ? $"{key}.first" : key,
            ("day", day.Day),
            ("month", Text(string.Create(CultureInfo.InvariantCulture, $"month.{day.Month}"))),
            ("short", Text(string.Create(CultureInfo.InvariantCulture, $"month-short.{day.Month}"))),
            ("number", day.Month),
            ("year", day.Year)
        );

    private static string Prefix(string type) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(type);
}
