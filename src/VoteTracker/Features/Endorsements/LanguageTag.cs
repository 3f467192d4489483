using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace VoteTracker.Features.Endorsements;

/// <summary>
/// The tag of a language (BCP 47): a language, and where it matters a script and a region. A code of two letters is one of
/// ISO 639-1. Other languages have three letters (ISO 639-3), of which the form is checked.
/// </summary>
internal static partial class LanguageTag
{
    // ISO 639-1. Deprecated codes, such as `sh`, are left out.
    private static readonly FrozenSet<string> Iso6391 = (
        "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es "
        + "et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki "
        + "kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no "
        + "nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te "
        + "tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
    )
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a text is such a tag, in any case.</summary>
    public static bool IsValid(string? text) =>
        text is not null
        && Pattern().Match(text) is { Success: true } match
        && match.Groups["language"].Value.ToLowerInvariant() is var language
        && (language.Length == 3 || Iso6391.Contains(language));

    /// <summary>Valid tags in their usual case, each once, in their order.</summary>
    public static IReadOnlyList<string> Normalize(IEnumerable<string> tags) =>
        [.. tags.Select(Normalize).Distinct(StringComparer.Ordinal)];

    /// <summary>The tags of a text that are separated by commas, semicolons, slashes or blanks.</summary>
    public static IReadOnlyList<string> Split(string text) =>
        text.Split(
            [',', ';', '/', ' ', '\u00A0', '\n', '\r', '\t'],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );

    private static string Normalize(string tag) =>
        string.Join('-', tag.Split('-').Select((part, place) => NormalizePart(part, place)));

    private static string NormalizePart(string part, int place) =>
        place == 0 ? part.ToLowerInvariant()
        : part.Length == 4 ? char.ToUpperInvariant(part[0]) + part[1..].ToLower(CultureInfo.InvariantCulture)
        : part.ToUpperInvariant();

    [GeneratedRegex(
        @"^(?<language>[A-Za-z]{2,3})(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Pattern();
}
