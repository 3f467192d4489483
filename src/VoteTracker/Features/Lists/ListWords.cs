using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Contacts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Lists;

/// <summary>The words that lists use for the words of the contract. The chapter about lists has the same table.</summary>
/// <remarks>
/// Over 200 lines because the table of words is a part of it. A dash is not understood, because it can mean no or nothing. `unknown` has no other word, because it deletes a stance.
/// </remarks>
internal static class ListWords
{
    /// <summary>The rows of the table: a column, one of its words, and other texts for it, in lower case.</summary>
    public static readonly IReadOnlyList<(string Column, string Word, string[] Texts)> All =
    [
        (
            "position",
            "yes",
            [
                "y",
                "+",
                "in favour",
                "in favor",
                "favour",
                "favor",
                "for",
                "pro",
                "support",
                "supports",
                "supporting",
                "oui",
                "pour",
                "sí",
                "si",
                "a favor",
                "да",
                "за",
                "赞成",
                "نعم",
                "مؤيد",
            ]
        ),
        (
            "position",
            "no",
            [
                "n",
                "against",
                "opposed",
                "oppose",
                "opposes",
                "opposing",
                "non",
                "contre",
                "contra",
                "en contra",
                "нет",
                "против",
                "反对",
                "لا",
                "معارض",
            ]
        ),
        (
            "position",
            "abstain",
            [
                "a",
                "abst",
                "abstains",
                "abstained",
                "abstaining",
                "abstention",
                "abstient",
                "s'abstient",
                "abstención",
                "se abstiene",
                "воздержался",
                "воздержание",
                "弃权",
                "امتناع",
                "ممتنع",
            ]
        ),
        (
            "position",
            "absent",
            [
                "x",
                "not voting",
                "non voting",
                "nonvoting",
                "not present",
                "will be absent",
                "ausente",
                "отсутствует",
                "缺席",
                "غائب",
            ]
        ),
        (
            "position",
            "undecided",
            [
                "?",
                "??",
                "maybe",
                "perhaps",
                "unsure",
                "not sure",
                "not decided",
                "open",
                "tbd",
                "indécis",
                "indeciso",
                "не решил",
                "未定",
                "متردد",
            ]
        ),
        ("certainty", "confirmed", ["certain", "sure", "very sure", "firm", "definite", "definitely", "solid", "high"]),
        ("certainty", "likely", ["probable", "probably", "fairly sure", "medium"]),
        (
            "certainty",
            "leaning",
            ["leans", "lean", "tentative", "possible", "possibly", "not sure", "unsure", "weak", "soft", "low", "?"]
        ),
        ("evidence", "public-statement", ["statement", "speech", "press", "announced"]),
        ("evidence", "note-verbale", ["nv", "note verbal", "verbal note", "letter", "in writing"]),
        ("evidence", "meeting", ["met", "in person", "bilateral"]),
        ("evidence", "call", ["phone", "phone call", "telephone", "telephone call", "by phone"]),
        ("evidence", "second-hand", ["secondhand", "hearsay", "indirect", "third party", "rumour", "rumor"]),
        ("evidence", "past-vote", ["voting record", "previous vote", "last vote"]),
        ("status", "wanted", ["to approach", "target", "to ask"]),
        ("status", "approached", ["asked", "contacted", "in contact"]),
        ("status", "committed", ["agreed", "promised", "will sign"]),
        ("status", "signed", ["has signed", "sponsoring", "on the list"]),
        ("status", "withdrawn", ["withdrew", "dropped"]),
        ("role", "main", ["main sponsor", "lead sponsor"]),
        ("role", "additional", ["additional sponsor", "joined"]),
        ("office", "mission", ["permanent mission", "pm", "new york", "ny"]),
        ("office", "ministry", ["mfa", "foreign ministry", "capital"]),
        ("office", "embassy", ["emb"]),
        ("office", "parliament", ["assembly"]),
        ("office", "other", ["elsewhere"]),
        ("kind", "trade-union", ["union", "labour union", "labor union", "trade unions", "syndicat", "sindicato"]),
        ("kind", "religious", ["faith", "faith-based", "church", "religion"]),
        ("kind", "academic", ["university", "universities", "research", "school", "academia"]),
        ("kind", "professional", ["professional association", "profession"]),
        ("kind", "youth", ["students", "student", "young people"]),
        ("kind", "women", ["women's organisation", "women's organization"]),
        ("kind", "human-rights", ["rights", "civil rights"]),
        ("kind", "humanitarian", ["development", "aid", "relief"]),
        ("kind", "environmental", ["environment", "climate"]),
        ("kind", "cultural", ["culture", "arts", "sport", "sports"]),
        ("kind", "business", ["company", "companies", "industry", "private sector"]),
        ("kind", "local-government", ["municipality", "municipalities", "city", "cities", "mayor", "local authority"]),
        ("kind", "political", ["party", "political party", "parliamentary group"]),
        ("kind", "other", ["others", "misc"]),
        ("public", "yes", ["y", "true", "1", "x", "public", "published", "oui", "sí", "si", "да", "是", "نعم"]),
        ("public", "no", ["n", "false", "0", "private", "not public", "non", "нет", "否", "لا"]),
    ];

    // Answers to the question whether a state votes in favour.
    private static readonly Dictionary<string, (Position, Certainty)> Phrases = new(StringComparer.Ordinal)
    {
        ["probably"] = (Position.Yes, Certainty.Likely),
        ["probably not"] = (Position.No, Certainty.Likely),
    };

    private static readonly Dictionary<(string Column, string Text), string> ByText = Index();

    /// <summary>The value of a text: a word of the contract, or another text of the table.</summary>
    public static bool TryParse<TEnum>(string column, string text, out TEnum value)
        where TEnum : struct, Enum
    {
        if (EnumWord<TEnum>.TryParse(text, out value))
        {
            return true;
        }
        var plain = Normalize(text);
        return EnumWord<TEnum>.TryParse(plain.Replace(' ', '-'), out value)
            || (ByText.TryGetValue((column, plain), out var word) && EnumWord<TEnum>.TryParse(word, out value));
    }

    /// <summary>
    /// The position of a text, and the certainty that it also names: `yes?` and `lean yes` are leaning, `likely no` and
    /// `probably not` are likely.
    /// </summary>
    public static bool TryParsePosition(string text, out Position position, out Certainty? certainty)
    {
        certainty = null;
        if (TryParse("position", text, out position))
        {
            return true;
        }
        var plain = Normalize(text);
        if (plain.EndsWith('?') && TryParse("position", plain[..^1], out position))
        {
            certainty = Certainty.Leaning;
            return position is not (Position.Unknown or Position.Undecided);
        }
        if (Phrases.TryGetValue(plain, out var phrase))
        {
            (position, certainty) = phrase;
            return true;
        }
        var blank = plain.LastIndexOf(' ');
        if (
            blank > 0
            && TryParse<Certainty>("certainty", plain[..blank], out var firmness)
            && TryParse("position", plain[(blank + 1)..], out position)
        )
        {
            certainty = firmness;
            return position is not (Position.Unknown or Position.Undecided);
        }
        return false;
    }

    // In lower case, with one blank for each run of blanks, hyphens and underscores, and without dots at the end.
    private static string Normalize(string text) =>
        string.Join(
            ' ',
            VisibleText
                .Trim(text)
                .ToLowerInvariant()
                .TrimEnd('.')
                .Replace('’', '\'')
                .Split([' ', '\u00A0', '-', '_', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
        );

    private static Dictionary<(string Column, string Text), string> Index() =>
        All.SelectMany(row => row.Texts.Select(text => (Key: (row.Column, Normalize(text)), row.Word)))
            .DistinctBy(row => row.Key)
            .ToDictionary(row => row.Key, row => row.Word);
}
