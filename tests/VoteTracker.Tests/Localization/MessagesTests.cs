using System.Text.RegularExpressions;
using VoteTracker.Features.Acts;
using VoteTracker.Features.Contacts;
using VoteTracker.Features.Endorsements;
using VoteTracker.Features.Feeds;
using VoteTracker.Features.Gaps;
using VoteTracker.Features.Milestones;
using VoteTracker.Features.Pressures;
using VoteTracker.Localization;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Tests.Localization;

public sealed partial class MessagesTests
{
    private static readonly Messages English = Messages.Load(LanguageCode.En);

    /// <summary>The keys that the code puts together from a prefix and a word.</summary>
    private static readonly string[] ComputedKeys =
    [
        .. Words<Position>("position."),
        .. Words<MilestoneKind>("milestone-kind."),
        .. Words<SessionKind>("session-kind."),
        .. Words<SessionStatus>("session-status."),
        // The page of all sessions has a list for each of these.
        "page.sessions.new-emergency-session",
        "page.sessions.special",
        "page.sessions.regular",
        .. Words<FeedEvent>("feed."),
        .. Words<Certainty>("certainty."),
        .. Words<Vote>("vote."),
        .. Words<ResolutionStatus>("resolution-status."),
        .. Words<ResolutionKind>("resolution-kind."),
        .. Words<MajorityRule>("majority-rule."),
        .. Words<Basis>("basis."),
        .. Words<Basis>("page.headline."),
        .. Words<Outlook>("outlook."),
        .. Words<SeatKind>("seat-kind."),
        .. new[] { "hemicycle", "board", "tiles", "regions", "timeline", "path", "outlook", "badge", "card" }.Select(
            p => $"page.data.picture.{p}"
        ),
        .. new[] { "lobbying", "building", "researching", "more" }.SelectMany(entrance =>
            new[] { $"page.guide.{entrance}.title", $"page.guide.{entrance}.text" }
        ),
        .. Words<FlipKind>("picture.path.kind."),
        .. Words<FlipKind>("picture.path.flip."),
        .. Words<Goal>("picture.path.states."),
        .. Words<Evidence>("evidence."),
        .. Words<EngagementKind>("engagement-kind."),
        .. Words<GapKind>("gap-kind."),
        .. Words<CoSponsorStatus>("co-sponsor-status."),
        .. Words<CoSponsorRole>("co-sponsor-role."),
        .. Words<Office>("office."),
        .. Words<OrganisationKind>("organisation-kind."),
        .. Words<ActKind>("act-kind."),
        .. Words<PressureKind>("pressure-kind."),
        .. Words<PressureLevel>("pressure-level."),
        .. Words<MajorityRule>("picture.timeline."),
        "picture.timeline.reached.states",
        "picture.timeline.lost.states",
        .. Words<SentenceKind>("sentence."),
        .. Words<MajorityRule>("sentence.count.before."),
        .. Words<MajorityRule>("sentence.count.after."),
        .. Enumerable.Range(1, 12).SelectMany(m => new[] { $"month.{m}", $"month-short.{m}" }),
        "page.headline.reached",
        "page.headline.not-reached",
        "page.headline.not-known",
        "sentence.missing.before",
        "sentence.missing.after",
        // The differences between two tallies name these.
        "page.compare.member",
        "page.compare.not-a-member",
        "page.compare.may-vote",
        "page.compare.may-not-vote",
    ];

    private static IEnumerable<LanguageCode> Codes => Enum.GetValues<LanguageCode>();

    [TestCaseSource(nameof(Codes))]
    public void A_language_has_the_messages_of_English(LanguageCode code)
    {
        var messages = Messages.Load(code);
        English.Keys.Except(messages.Keys).ShouldBeEmpty("missing");
        messages.Keys.Except(English.Keys).Where(key => !IsFirstOfMonth(key)).ShouldBeEmpty("not in English");
    }

    [TestCaseSource(nameof(Codes))]
    public void A_message_has_the_placeholders_of_English(LanguageCode code)
    {
        var messages = Messages.Load(code);
        foreach (var key in messages.Keys)
        {
            var isFirst = IsFirstOfMonth(key);
            var expected = Placeholders(English.Find(isFirst ? key[..^".first".Length] : key)!.Values);
            foreach (var (category, text) in messages.Find(key)!)
            {
                // Chinese writes the number of a month instead of a name.
                var found = Placeholders([
                    key.StartsWith("date.", StringComparison.Ordinal)
                        ? text.Replace(
                            "{number}",
                            key.StartsWith("date.short", StringComparison.Ordinal) ? "{short}" : "{month}",
                            StringComparison.Ordinal
                        )
                        : text,
                ]);
                found.Except(expected).ShouldBeEmpty($"{key} has no such placeholder");
                // A language may write the first of a month, or none, one or two in Arabic, as a word.
                var mayLack =
                    isFirst ? "day"
                    : code == LanguageCode.Ar && (category is "zero" or "one" or "two") ? "n"
                    : "nth";
                expected.Except(found).Where(p => p != mayLack && p != "nth").ShouldBeEmpty($"{key} lacks it");
            }
        }
    }

    [TestCaseSource(nameof(Codes))]
    public void A_message_that_depends_on_a_number_has_a_text_for_each_category(LanguageCode code)
    {
        var messages = Messages.Load(code);
        foreach (var key in messages.Keys)
        {
            var categories = messages.Find(key)!.Keys.ToArray();
            string[] expected =
                key == "ordinal" ? [.. Enumerable.Range(1, 200).Select(n => PluralRules.Ordinal(code, n)).Distinct()]
                : categories is [""] ? [""]
                : [.. PluralRules.CardinalCategories(code)];
            categories.ShouldBeInAnyOrder(expected, key);
            var english = English.Find(key);
            var hasNumber =
                english is not null && (!english.ContainsKey("") || Placeholders(english.Values).Contains("n"));
            (categories is [""] || hasNumber).ShouldBeTrue($"{key} has no number n");
            messages.Find(key)!.Values.ShouldAllBe(text => text.Trim().Length > 0, key);
        }
    }

    [TestCaseSource(nameof(Codes))]
    public void The_categories_of_a_language_are_those_of_its_numbers(LanguageCode code) =>
        Enumerable
            .Range(0, 1_000)
            .Select(n => PluralRules.Cardinal(code, n))
            .Distinct()
            .ShouldBeInAnyOrder(PluralRules.CardinalCategories(code));

    [TestCase(LanguageCode.En, "one", 1)]
    [TestCase(LanguageCode.En, "other", 0, 2, 11, 21, 101, 1_000_000)]
    [TestCase(LanguageCode.Fr, "one", 0, 1)]
    [TestCase(LanguageCode.Fr, "many", 1_000_000, 2_000_000)]
    [TestCase(LanguageCode.Fr, "other", 2, 17, 100, 1_000, 100_000, 1_000_001)]
    [TestCase(LanguageCode.Es, "one", 1)]
    [TestCase(LanguageCode.Es, "many", 1_000_000, 2_000_000)]
    [TestCase(LanguageCode.Es, "other", 0, 2, 16, 100, 1_000, 100_000)]
    [TestCase(LanguageCode.Ru, "one", 1, 21, 31, 41, 101, 1_001)]
    [TestCase(LanguageCode.Ru, "few", 2, 3, 4, 22, 24, 32, 34, 102, 1_002)]
    [TestCase(LanguageCode.Ru, "many", 0, 5, 11, 12, 14, 19, 20, 25, 100, 111, 112, 1_000)]
    [TestCase(LanguageCode.Zh, "other", 0, 1, 2, 15, 100, 1_000_000)]
    [TestCase(LanguageCode.Ar, "zero", 0)]
    [TestCase(LanguageCode.Ar, "one", 1)]
    [TestCase(LanguageCode.Ar, "two", 2)]
    [TestCase(LanguageCode.Ar, "few", 3, 10, 103, 110, 1_003)]
    [TestCase(LanguageCode.Ar, "many", 11, 26, 99, 111, 199, 1_011)]
    [TestCase(LanguageCode.Ar, "other", 100, 101, 102, 200, 202, 1_000, 1_000_000)]
    public void The_plural_category_is_that_of_the_CLDR(LanguageCode code, string category, params int[] numbers) =>
        numbers.ShouldAllBe(n => PluralRules.Cardinal(code, n) == category);

    [TestCase(LanguageCode.En, "one", 1, 21, 31, 101, 1_001)]
    [TestCase(LanguageCode.En, "two", 2, 22, 102)]
    [TestCase(LanguageCode.En, "few", 3, 23, 103)]
    [TestCase(LanguageCode.En, "other", 0, 4, 11, 12, 13, 18, 100, 111, 112, 113)]
    [TestCase(LanguageCode.Fr, "one", 1)]
    [TestCase(LanguageCode.Fr, "other", 0, 2, 16, 21, 100)]
    [TestCase(LanguageCode.Es, "other", 0, 1, 2, 3, 15, 21)]
    [TestCase(LanguageCode.Ru, "other", 0, 1, 2, 3, 15, 21)]
    [TestCase(LanguageCode.Zh, "other", 0, 1, 2, 3, 15, 21)]
    [TestCase(LanguageCode.Ar, "other", 0, 1, 2, 3, 15, 21)]
    public void The_ordinal_category_is_that_of_the_CLDR(LanguageCode code, string category, params int[] numbers) =>
        numbers.ShouldAllBe(n => PluralRules.Ordinal(code, n) == category);

    [Test]
    public void Every_message_is_used()
    {
        var source = string.Join('\n', SourceFiles().Select(File.ReadAllText));
        var literals = Literal().Matches(source).Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        English
            .Keys.Where(key => !key.StartsWith("group.", StringComparison.Ordinal))
            .Except(ComputedKeys)
            .Where(key => !literals.Contains(key) && !literals.Contains(Regex.Replace(key, "^page\\.", "")))
            .ShouldBeEmpty();
    }

    [Test]
    public void The_groups_have_the_names_in_the_list_of_groups() =>
        Repository
            .Read("data/groups.csv")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Skip(1)
            .Select(line => line.Split(','))
            .Select(row => (Key: $"group.{row[0]}", Name: row[2]))
            .ShouldBeInAnyOrder(
                English
                    .Keys.Where(k => k.StartsWith("group.", StringComparison.Ordinal) && k != "group.none")
                    .Select(k => (Key: k, Name: English.Find(k)![""]))
            );

    [TestCase("fr", "1er janvier 2026", "2 février 2026", "1er janv.", "1er janvier 2026 à 09:05 UTC")]
    [TestCase("es", "1 de enero de 2026", "2 de febrero de 2026", "1 ene", "1 de enero de 2026, 09:05 UTC")]
    public void A_date_is_written_as_in_the_language(
        string code,
        string first,
        string second,
        string abbreviated,
        string moment
    )
    {
        var language = Language.Find(code)!;
        language.Day(new DateOnly(2026, 1, 1)).ShouldBe(first);
        language.Day(new DateOnly(2026, 2, 2)).ShouldBe(second);
        language.ShortDay(new DateOnly(2026, 1, 1)).ShouldBe(abbreviated);
        language.Moment(new DateTimeOffset(2026, 1, 1, 9, 5, 0, TimeSpan.Zero)).ShouldBe(moment);
    }

    private static IEnumerable<string> Words<TEnum>(string prefix)
        where TEnum : struct, Enum => Enum.GetValues<TEnum>().Select(value => prefix + EnumWord<TEnum>.ToWord(value));

    // A language may write the first day of a month in its own way.
    private static bool IsFirstOfMonth(string key) => key is "date.day.first" or "date.short.first";

    private static HashSet<string> Placeholders(IEnumerable<string> texts) =>
        [.. texts.SelectMany(text => Placeholder().Matches(text)).Select(m => m.Groups["name"].Value)];

    private static IEnumerable<string> SourceFiles() =>
        Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "src", "VoteTracker"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor")
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    [GeneratedRegex("\\{(?<name>[a-z]+)\\}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Placeholder();

    [GeneratedRegex("\"(?<name>[a-z0-9.-]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Literal();
}
