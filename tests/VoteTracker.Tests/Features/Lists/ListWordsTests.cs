using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.Endorsements;
using VoteTracker.Features.Lists;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Features.Lists;

/// <summary>The words of lists are understood as the chapter says.</summary>
public sealed class ListWordsTests
{
    [Test]
    public void Each_text_of_the_table_means_its_word_in_any_case_and_with_a_dot()
    {
        foreach (var (column, word, texts) in ListWords.All)
        {
            foreach (
                var text in texts.SelectMany(t => (string[])[t, t.ToUpperInvariant(), $" {t}. ", t.Replace(' ', '-')])
            )
            {
                Parse(column, text).ShouldBe(word, $"{column}: {text}");
            }
            texts.ShouldBeUnique();
        }
        // Two words of a column have no text in common.
        ListWords
            .All.SelectMany(row => row.Texts.Select(text => (row.Column, text)))
            .Count()
            .ShouldBe(ListWords.All.SelectMany(row => row.Texts.Select(text => (row.Column, text))).Distinct().Count());
    }

    [TestCase("yes", "yes", null)]
    [TestCase("Yes", "yes", null)]
    [TestCase("IN FAVOUR", "yes", null)]
    [TestCase("abst.", "abstain", null)]
    [TestCase("yes?", "yes", "leaning")]
    [TestCase("Yes ?", "yes", "leaning")]
    [TestCase("abst.?", "abstain", "leaning")]
    [TestCase("likely yes", "yes", "likely")]
    [TestCase("Probably no", "no", "likely")]
    [TestCase("firm yes", "yes", "confirmed")]
    [TestCase("probably", "yes", "likely")]
    [TestCase("Probably not.", "no", "likely")]
    [TestCase("lean-no", "no", "leaning")]
    [TestCase("?", "undecided", null)]
    [TestCase("maybe", "undecided", null)]
    [TestCase("unknown", "unknown", null)]
    [TestCase("Unknown", "unknown", null)]
    public void A_position_can_say_how_firm_it_is(string text, string position, string? certainty)
    {
        ListWords.TryParsePosition(text, out var found, out var firmness).ShouldBeTrue();
        EnumWord<Position>.ToWord(found).ShouldBe(position);
        EnumWord<Certainty>.ToWord(firmness).ShouldBe(certainty);
    }

    [TestCase("-")]
    [TestCase("–")]
    [TestCase("—")]
    [TestCase("")]
    [TestCase("unknown?")]
    [TestCase("likely unknown")]
    [TestCase("likely")]
    [TestCase("not")]
    [TestCase("likely maybe")]
    [TestCase("yes no")]
    [TestCase("yes/no")]
    [TestCase("n/a")]
    [TestCase("NA")]
    [TestCase("1")]
    [TestCase("TRUE")]
    [TestCase("yes??")]
    [TestCase("“yes”")]
    [TestCase("y\u200Bes")]
    public void Another_text_is_not_understood(string text) =>
        ListWords.TryParsePosition(text, out _, out _).ShouldBeFalse();

    [Test]
    public void No_two_columns_of_a_list_have_a_usual_header_in_common()
    {
        // The lists of endorsements have columns that other lists do not have, and the other way round.
        string[] ofEndorsements = ["organisation", "kind", "url", "signed_on", "public"];
        string[] alsoOfEndorsements = ["member_state", "languages", "id"];
        foreach (
            var without in (string[][])
                [
                    ["note", .. ofEndorsements],
                    ["notes", .. ofEndorsements],
                    [
                        .. UsualHeaders
                            .All.Select(row => row.Column)
                            .Except([.. ofEndorsements, .. alsoOfEndorsements], StringComparer.Ordinal),
                    ],
                ]
        )
        {
            UsualHeaders
                .All.Where(row => !without.Contains(row.Column, StringComparer.Ordinal))
                .SelectMany(row => row.Headers.Select(ColumnMap.Fold).Select(header => (header, row.Column)))
                .GroupBy(row => row.header)
                .Where(group => group.Select(row => row.Column).Distinct().Count() > 1)
                .Select(group => group.Key)
                .ShouldBeEmpty();
        }
    }

    private static string? Parse(string column, string text) =>
        column switch
        {
            "position" => ListWords.TryParse<Position>(column, text, out var v) ? EnumWord<Position>.ToWord(v) : null,
            "certainty" => ListWords.TryParse<Certainty>(column, text, out var v)
                ? EnumWord<Certainty>.ToWord(v)
                : null,
            "evidence" => ListWords.TryParse<Evidence>(column, text, out var v) ? EnumWord<Evidence>.ToWord(v) : null,
            "status" => ListWords.TryParse<CoSponsorStatus>(column, text, out var v)
                ? EnumWord<CoSponsorStatus>.ToWord(v)
                : null,
            "role" => ListWords.TryParse<CoSponsorRole>(column, text, out var v)
                ? EnumWord<CoSponsorRole>.ToWord(v)
                : null,
            "office" => ListWords.TryParse<VoteTracker.Features.Contacts.Office>(column, text, out var v)
                ? EnumWord<VoteTracker.Features.Contacts.Office>.ToWord(v)
                : null,
            "kind" => ListWords.TryParse<OrganisationKind>(column, text, out var v)
                ? EnumWord<OrganisationKind>.ToWord(v)
                : null,
            "public" => ListWords.TryParse<Publication>(column, text, out var v)
                ? EnumWord<Publication>.ToWord(v)
                : null,
            _ => null,
        };
}
