using System.Globalization;
using System.Text.RegularExpressions;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Tests.Voting.Tallies;

public sealed partial class SentenceTests
{
    private const MajorityRule TwoThirds = MajorityRule.TwoThirds;
    private const MajorityRule Simple = MajorityRule.SimpleMajority;
    private const MajorityRule NotRecorded = MajorityRule.NotRecorded;

    [TestCase(
        TwoThirds,
        120,
        14,
        "120 of 134 present and voting; two thirds is 90. Another 46 no votes would not defeat it; the 47th would."
    )]
    [TestCase(
        TwoThirds,
        3,
        0,
        "3 of 3 present and voting; two thirds is 2. Another 1 no vote would not defeat it; the 2nd would."
    )]
    [TestCase(TwoThirds, 128, 64, "128 of 192 present and voting; two thirds is 128. The next no would defeat it.")]
    [TestCase(TwoThirds, 1, 0, "1 of 1 present and voting; two thirds is 1. The next no would defeat it.")]
    [TestCase(
        TwoThirds,
        100,
        60,
        "100 of 160 present and voting; two thirds is 107. 20 more yes, or 10 no turned into abstentions, would carry it."
    )]
    [TestCase(
        TwoThirds,
        101,
        60,
        "101 of 161 present and voting; two thirds is 108. 19 more yes, or 10 no turned into abstentions, would carry it."
    )]
    [TestCase(
        TwoThirds,
        128,
        65,
        "128 of 193 present and voting; two thirds is 129. 2 more yes, or 1 no turned into an abstention, would carry it."
    )]
    [TestCase(
        TwoThirds,
        99,
        51,
        "99 of 150 present and voting; two thirds is 100. 3 more yes, or 2 no turned into abstentions, would carry it."
    )]
    [TestCase(TwoThirds, 0, 3, "0 of 3 present and voting; two thirds is 2. 6 more yes would carry it.")]
    [TestCase(
        Simple,
        70,
        60,
        "70 of 130 present and voting; a simple majority is 66. Another 9 no votes would not defeat it; the 10th would."
    )]
    [TestCase(
        Simple,
        62,
        60,
        "62 of 122 present and voting; a simple majority is 62. Another 1 no vote would not defeat it; the 2nd would."
    )]
    [TestCase(Simple, 61, 60, "61 of 121 present and voting; a simple majority is 61. The next no would defeat it.")]
    [TestCase(
        Simple,
        60,
        60,
        "60 of 120 present and voting; a simple majority is 61. 1 more yes, or 1 no turned into an abstention, would carry it."
    )]
    [TestCase(
        Simple,
        60,
        63,
        "60 of 123 present and voting; a simple majority is 62. 4 more yes, or 4 no turned into abstentions, would carry it."
    )]
    [TestCase(Simple, 0, 3, "0 of 3 present and voting; a simple majority is 2. 4 more yes would carry it.")]
    [TestCase(NotRecorded, 77, 20, "77 of 97 present and voting; the record does not say which majority was needed.")]
    [TestCase(TwoThirds, 0, 0, "Nobody is counted as voting.")]
    [TestCase(Simple, 0, 0, "Nobody is counted as voting.")]
    [TestCase(NotRecorded, 0, 0, "Nobody is counted as voting.")]
    public void Before_the_vote_the_sentence_is(MajorityRule rule, int yes, int no, string sentence) =>
        Sentence.Before(rule, yes, no).InEnglish().ShouldBe(sentence);

    [TestCase(TwoThirds, 149, 12, "149 of 161 present and voting; two thirds was 108.")]
    [TestCase(TwoThirds, 128, 64, "128 of 192 present and voting; two thirds was 128.")]
    [TestCase(
        TwoThirds,
        88,
        55,
        "88 of 143 present and voting; two thirds was 96. 22 more yes, or 11 no turned into abstentions, were missing."
    )]
    [TestCase(
        TwoThirds,
        127,
        64,
        "127 of 191 present and voting; two thirds was 128. 1 more yes, or 1 no turned into an abstention, was missing."
    )]
    [TestCase(
        TwoThirds,
        128,
        65,
        "128 of 193 present and voting; two thirds was 129. 2 more yes, or 1 no turned into an abstention, were missing."
    )]
    [TestCase(TwoThirds, 0, 3, "0 of 3 present and voting; two thirds was 2. 6 more yes were missing.")]
    [TestCase(Simple, 61, 60, "61 of 121 present and voting; a simple majority was 61.")]
    [TestCase(
        Simple,
        60,
        60,
        "60 of 120 present and voting; a simple majority was 61. 1 more yes, or 1 no turned into an abstention, was missing."
    )]
    [TestCase(
        Simple,
        60,
        63,
        "60 of 123 present and voting; a simple majority was 62. 4 more yes, or 4 no turned into abstentions, were missing."
    )]
    [TestCase(NotRecorded, 77, 20, "77 of 97 present and voting; the record does not say which majority was needed.")]
    [TestCase(TwoThirds, 0, 0, "Nobody was counted as voting.")]
    public void After_the_vote_the_sentence_is(MajorityRule rule, int yes, int no, string sentence) =>
        Sentence.After(rule, yes, no).InEnglish().ShouldBe(sentence);

    [TestCase(ResolutionStatus.AdoptedWithoutVote, "Adopted without a vote.")]
    [TestCase(ResolutionStatus.Withdrawn, "Withdrawn before the vote.")]
    public void Without_a_vote_the_sentence_is(ResolutionStatus status, string sentence) =>
        Sentence.None(status).InEnglish().ShouldBe(sentence);

    [TestCase(1, "2nd")]
    [TestCase(2, "3rd")]
    [TestCase(3, "4th")]
    [TestCase(9, "10th")]
    [TestCase(10, "11th")]
    [TestCase(11, "12th")]
    [TestCase(12, "13th")]
    [TestCase(13, "14th")]
    [TestCase(19, "20th")]
    [TestCase(20, "21st")]
    [TestCase(21, "22nd")]
    [TestCase(22, "23rd")]
    [TestCase(100, "101st")]
    [TestCase(110, "111th")]
    [TestCase(111, "112th")]
    [TestCase(112, "113th")]
    [TestCase(120, "121st")]
    public void The_no_vote_that_would_defeat_it_has_its_ordinal(int borne, string ordinal)
    {
        Sentence.Before(TwoThirds, 2 * borne, 0).InEnglish().ShouldEndWith($" would not defeat it; the {ordinal} would.");
        Sentence.Before(Simple, borne + 1, 0).InEnglish().ShouldEndWith($" would not defeat it; the {ordinal} would.");
    }

    [Test]
    public void Its_numbers_are_true_and_not_one_of_them_could_be_smaller()
    {
        foreach (var rule in ByTheBook.Rules)
        {
            foreach (var (yes, no) in ByTheBook.Votes(upTo: 60).Where(v => v is not (0, 0)))
            {
                var reached = ByTheBook.Reached(rule, yes, no);
                var before = Sentence.Before(rule, yes, no).InEnglish();
                var after = Sentence.After(rule, yes, no).InEnglish();
                int[] count =
                [
                    yes,
                    yes + no,
                    ByTheBook.First(y => ByTheBook.Reached(rule, y, Math.Max(0, yes + no - y))),
                ];
                var borne = reached ? ByTheBook.First(more => !ByTheBook.Reached(rule, yes, no + more)) - 1 : 0;
                int[] cushion = borne > 0 ? [borne, borne + 1] : [];
                Numbers(before).ShouldBe(reached ? [.. count, .. cushion] : [.. count, .. Lack(rule, yes, no)], before);
                Numbers(after).ShouldBe(reached ? count : [.. count, .. Lack(rule, yes, no)], after);
                before.Contains("defeat", StringComparison.Ordinal).ShouldBe(reached, before);
                before.Contains("carry", StringComparison.Ordinal).ShouldBe(!reached, before);
                after.Contains("missing", StringComparison.Ordinal).ShouldBe(!reached, after);
                after.ShouldNotContain("would");
            }
        }
    }

    private static int[] Lack(MajorityRule rule, int yes, int no)
    {
        var more = ByTheBook.First(more => ByTheBook.Reached(rule, yes + more, no));
        return yes == 0 ? [more] : [more, ByTheBook.First(turned => ByTheBook.Reached(rule, yes, no - turned))];
    }

    private static int[] Numbers(string sentence) =>
        [.. Digits().Matches(sentence).Select(m => int.Parse(m.ValueSpan, CultureInfo.InvariantCulture))];

    [GeneratedRegex("[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Digits();
}
