using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using VoteTracker.Voting.Dependence;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.KnownStances;
using VoteTracker.Voting.Learning;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Tests.Voting.Rules;

[TestFixture(typeof(AskNextCriterion), "adoption votes")]
[TestFixture(typeof(Basis), "stances recorded-votes announced none")]
[TestFixture(typeof(Certainty), "confirmed likely leaning")]
[TestFixture(typeof(ChancesFrom), "stance record everybody settings nothing others")]
[TestFixture(typeof(CoSponsorRole), "main additional")]
[TestFixture(typeof(CoSponsorStatus), "wanted approached committed signed withdrawn")]
[TestFixture(typeof(ConveningBasis), "council members")]
[TestFixture(typeof(Counting), "all confirmed")]
[TestFixture(typeof(Crossing), "reached no-longer-reached")]
[TestFixture(typeof(Evidence), "public-statement note-verbale meeting call second-hand past-vote")]
[TestFixture(typeof(FlipKind), "no-to-abstain no-to-yes other-to-yes yes-to-abstain yes-to-no other-to-no")]
[TestFixture(typeof(ForecastModel), "plain learned")]
[TestFixture(typeof(Goal), "adopt block")]
[TestFixture(typeof(GroupScheme), "regional-group bloc")]
[TestFixture(typeof(IneligibilityReason), "article-19 credentials other")]
[TestFixture(
    typeof(Kernel),
    "same-title similar-title title-and-agenda agenda years months days newest newer neighbours-by-title neighbours-by-title-and-agenda neighbours-by-years neighbours-by-newer"
)]
[TestFixture(typeof(MajorityRule), "two-thirds simple-majority not-recorded")]
[TestFixture(typeof(SentenceKind), "count nobody-is-voting nobody-was-voting adopted-without-vote withdrawn")]
[TestFixture(typeof(MoveKind), "stance vote eligibility membership rule basis")]
[TestFixture(typeof(Novelty), "repeated related new")]
[TestFixture(typeof(Outlook), "open secured lost")]
[TestFixture(typeof(Position), "unknown yes no abstain absent undecided")]
[TestFixture(typeof(PressureLevel), "low medium high")]
[TestFixture(typeof(PressureTarget), "yes no abstain absent")]
[TestFixture(typeof(ResolutionKind), "draft amendment paragraph motion")]
[TestFixture(typeof(ResolutionStatus), "drafting tabled adopted adopted-without-vote not-adopted withdrawn")]
[TestFixture(typeof(RollCallSource), "library campaign")]
[TestFixture(typeof(SeatKind), "member observer former")]
[TestFixture(typeof(SessionKind), "new-emergency-session resumption regular special")]
[TestFixture(typeof(SessionStatus), "requested convened closed withdrawn scheduled")]
[TestFixture(typeof(Visibility), "private tally positions")]
[TestFixture(typeof(Vote), "yes no abstain non-voting")]
[TestFixture(typeof(VoteDependence), "record bloc none")]
public sealed class WordsTests<TEnum>(string words)
    where TEnum : struct, Enum
{
    private readonly string[] _words = words.Split(' ');

    [Test]
    public void Each_enum_has_these_words() => EnumWord<TEnum>.All.ShouldBeInAnyOrder(_words);

    [Test]
    public void There_and_back()
    {
        foreach (var value in Enum.GetValues<TEnum>())
        {
            var word = EnumWord<TEnum>.ToWord(value);
            EnumWord<TEnum>.Parse(word).ShouldBe(value);
            EnumWord<TEnum>.ParseOrNull(word).ShouldBe(value);
            EnumWord<TEnum>.TryParse(word, out var parsed).ShouldBeTrue();
            parsed.ShouldBe(value);
            EnumWord<TEnum>.ToWord((TEnum?)value).ShouldBe(word);
        }
        EnumWord<TEnum>.ParseOrNull(null).ShouldBeNull();
        EnumWord<TEnum>.ToWord((TEnum?)null).ShouldBeNull();
    }

    [Test]
    public void JSON_has_the_same_words()
    {
        var options = new JsonSerializerOptions
        {
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
        };
        foreach (var value in Enum.GetValues<TEnum>())
        {
            JsonSerializer.Serialize(value, options).ShouldBe($"\"{EnumWord<TEnum>.ToWord(value)}\"");
        }
    }

    [Test]
    public void Any_other_word_is_rejected()
    {
        string[] refused =
        [
            "",
            " ",
            "0",
            "1",
            "-1",
            "nonsense",
            .. _words.Select(word => word.ToUpperInvariant()),
            .. _words.Select(word => $" {word}"),
            .. _words.Select(word => $"{word},{_words[0]}"),
            .. Enum.GetNames<TEnum>(),
        ];
        foreach (var word in refused)
        {
            EnumWord<TEnum>.TryParse(word, out _).ShouldBeFalse(word);
            Should.Throw<FormatException>(() => EnumWord<TEnum>.Parse(word)).Message.ShouldContain(_words[0]);
            Should.Throw<FormatException>(() => EnumWord<TEnum>.ParseOrNull(word));
        }
        EnumWord<TEnum>.TryParse(null, out _).ShouldBeFalse();
    }
}

public sealed class VocabularyTests
{
    [Test]
    public void Every_enum_of_the_voting_rules_has_its_words_checked()
    {
        var enums = typeof(Position)
            .Assembly.GetTypes()
            .Where(t => t.IsEnum && t.Namespace?.StartsWith("VoteTracker.Voting.", StringComparison.Ordinal) == true);
        var listed = typeof(WordsTests<>)
            .GetCustomAttributesData()
            .Where(a => a.AttributeType == typeof(TestFixtureAttribute))
            .SelectMany(a => a.ConstructorArguments)
            .SelectMany(a => a.Value is IEnumerable<CustomAttributeTypedArgument> args ? args : [a])
            .Select(a => a.Value)
            .OfType<Type>()
            .ToArray();
        listed.ShouldNotBeEmpty();
        listed.ShouldBeInAnyOrder(enums);
    }
}
