using System.Collections.Frozen;
using VoteTracker.Localization;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Web;

/// <summary>What every page needs: the reader's language, the caller and the address.</summary>
public sealed record PageContext
{
    /// <summary>The language.</summary>
    public required Language Language { get; init; }

    /// <summary>The language in the address; null if the header `Accept-Language` chose it.</summary>
    public required Language? LanguageOfAddress { get; init; }

    /// <summary>The caller.</summary>
    public required Caller Caller { get; init; }

    /// <summary>The proof of the reader's session, which scripts send with each write; null without a session.</summary>
    public required string? SessionProof { get; init; }

    /// <summary>The path of the page.</summary>
    public required string Path { get; init; }

    /// <summary>The query string of the parameters that pages read, without the language; empty or with a question mark.</summary>
    public required string Query { get; init; }

    /// <summary>Whether it is the page of a share link. Its address is secret, so no search engine may list it.</summary>
    public bool IsShared { get; init; }

    /// <summary>The context of the page of a share link, which shows the same to every reader.</summary>
    public PageContext WithoutReader() => this with { Caller = Caller.Anonymous, SessionProof = null, IsShared = true };

    /// <summary>The addresses of style sheets and scripts.</summary>
    public required Assets Assets { get; init; }

    /// <summary>The parameters that links to the same page keep.</summary>
    internal static FrozenSet<string> Parameters { get; } =
        new[]
        {
            "q",
            "after",
            "since",
            "compare",
            "a",
            "b",
            "show",
            "position",
            "group",
            "sort",
            "assignee",
            "gap",
            "resolution",
            "kind",
        }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A message.</summary>
    public string Text(string key, params ReadOnlySpan<(string Name, object Value)> values) =>
        Language.Text($"page.{key}", values);

    /// <summary>The address of another page in the same language.</summary>
    public string Link(string path) =>
        LanguageOfAddress is { } language
            ? $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={language.Code}"
            : path;

    /// <summary>Whether the majority is reached, in words.</summary>
    public string Result(Tally tally) => Text($"headline.{ResultClass(tally)}");

    /// <summary>The class of <see cref="Result"/>.</summary>
    public static string ResultClass(Tally tally) =>
        tally.Reached switch
        {
            true => "reached",
            false => "not-reached",
            null => "not-known",
        };

    /// <summary>A number with the sign of mathematics, not a hyphen.</summary>
    public static string Number(int? value) => value < 0 ? $"−{-value}" : $"{value}";

    /// <summary>How many members are unknown, and how many undecided.</summary>
    public string Open(Tally tally) =>
        Text("headline.open", ("unknown", tally.Unknown ?? 0), ("undecided", tally.Undecided ?? 0));

    /// <summary>The address of this page, as the reader asked for it.</summary>
    public string Here => LanguageOfAddress is { } language ? InLanguage(language) : $"{Path}{Query}";

    /// <summary>What a change changed from or to, in words: a position, the right to vote, the basis or the rule.</summary>
    public string MoveWord(string word, Certainty? certainty = null) =>
        EnumWord<Position>.TryParse(word, out var position) && certainty is { } firm
            ? $"{Language.Word(position)}, {Language.Word(firm)}"
        : EnumWord<Position>.TryParse(word, out position) ? Language.Word(position)
        : EnumWord<Vote>.TryParse(word, out var vote) ? Language.Word(vote)
        : EnumWord<MajorityRule>.TryParse(word, out var rule) ? Language.Word(rule)
        : EnumWord<Basis>.TryParse(word, out var basis) ? Language.Word(basis)
        : MembershipWords.Contains(word) ? Text($"compare.{word}")
        : word;

    private static readonly FrozenSet<string> MembershipWords = new[]
    {
        "member",
        "not-a-member",
        "may-vote",
        "may-not-vote",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The address of this page in a language.</summary>
    public string InLanguage(Language language) =>
        $"{Path}{(Query.Length == 0 ? "?" : $"{Query}&")}lang={language.Code}";
}
