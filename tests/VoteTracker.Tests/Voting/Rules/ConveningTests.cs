using FsCheck;
using FsCheck.Fluent;
using VoteTracker.Localization;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.Rules;

public sealed class ConveningTests
{
    [TestCase("1950-11-03", 7, 11)]
    [TestCase("1965-08-30", 7, 11)]
    [TestCase("1965-08-31", 9, 15)]
    [TestCase("1965-12-31", 9, 15)]
    [TestCase("2026-11-21", 9, 15)]
    public void The_Council_needed_seven_votes_of_eleven_and_needs_nine_of_fifteen(string day, int required, int seats)
    {
        ConveningRule.CouncilVotesRequired(Day(day)).ShouldBe(required);
        ConveningRule.CouncilSeats(Day(day)).ShouldBe(seats);
    }

    [TestCase("1965-12-31", 11)]
    [TestCase("1966-01-01", 15)]
    public void The_four_additional_members_sat_from_1966(string day, int members) =>
        ConveningRule.CouncilMembers(Day(day)).ShouldBe(members);

    // The numbers of members on the days of the 1st, 5th, 7th, 10th and 11th emergency special sessions.
    [TestCase(76, 39)]
    [TestCase(122, 62)]
    [TestCase(152, 77)]
    [TestCase(185, 93)]
    [TestCase(193, 97)]
    public void A_majority_of_the_members_is_more_than_half(int members, int required) =>
        ConveningRule.RequestsRequired(members).ShouldBe(required);

    [Test]
    public void The_required_requests_are_the_smallest_number_that_is_more_than_the_rest() =>
        Assemblies.ForAll(
            Arb.From(Gen.Choose(0, 400)),
            members =>
            {
                var required = ConveningRule.RequestsRequired(members);
                (2 * required > members).ShouldBeTrue();
                (2 * (required - 1) > members).ShouldBeFalse();
            }
        );

    [Test]
    public void One_more_request_never_makes_more_missing_and_the_last_missing_one_decides() =>
        Assemblies.ForAll(
            Arb.From(
                from members in Gen.Choose(1, 200)
                from requests in Gen.Choose(0, members - 1)
                select (members, requests)
            ),
            at =>
            {
                var (before, after) = (Count(at.requests, at.members), Count(at.requests + 1, at.members));
                after.RequestsMissing.ShouldBe(Math.Max(0, before.RequestsMissing - 1));
                (after.MembersMet || !before.MembersMet).ShouldBeTrue();
                after.MembersMet.ShouldBe(after.RequestsMissing == 0);
                after.Met.ShouldBe(after.MembersMet);
            }
        );

    [Test]
    public void A_permanent_member_cannot_prevent_the_session()
    {
        // Whatever the votes against are, nine votes in favour are enough.
        for (var yes = 0; yes <= 15; yes++)
        {
            (Count(0, 193) with { CouncilYes = yes, CouncilRequired = 9 }).CouncilMet.ShouldBe(yes >= 9);
        }
    }

    [Test]
    public void A_resumption_needs_no_majority_and_no_number_is_assumed()
    {
        var none = Count(0, 193) with { Kind = SessionKind.Resumption };
        var all = Count(193, 193) with { Kind = SessionKind.Resumption, CouncilYes = 15, CouncilRequired = 9 };
        (none.Met, all.Met, all.MetBy).ShouldBe((null, null, null));
        (all with { HasConvened = true }).Met.ShouldBe(true);
        (all with { Authority = "A/RES/ES-11/1" }).Rules.ShouldBe(["A/RES/ES-11/1"]);
    }

    [Test]
    public void A_regular_session_counts_nothing()
    {
        var regular = Count(193, 193) with { Kind = SessionKind.Regular };
        (regular.Met, regular.MetBy).ShouldBe((null, null));
        regular.Rules.ShouldBe(["rule 1"]);
    }

    [Test]
    public void A_special_session_of_the_record_counts_members_alone()
    {
        var special = Count(97, 193) with { Kind = SessionKind.Special, CouncilYes = 15, CouncilRequired = 9 };
        (special.Met, special.MetBy, special.CouncilMet).ShouldBe((true, ConveningBasis.Members, false));
    }

    [TestCase(0, null, "0 of 193 members request the session; a majority is 97. 97 more requests are needed.")]
    [TestCase(1, null, "1 of 193 members requests the session; a majority is 97. 96 more requests are needed.")]
    [TestCase(96, null, "96 of 193 members request the session; a majority is 97. 1 more request is needed.")]
    [TestCase(97, null, "97 of 193 members request the session; a majority is 97.")]
    [TestCase(0, 11, "11 members of the Security Council voted for the session; 9 were needed.")]
    [TestCase(
        3,
        8,
        "8 members of the Security Council voted for the session; 9 were needed. 3 of 193 members request the session; a majority is 97. 94 more requests are needed."
    )]
    public void The_sentence_says_what_is_recorded_and_what_is_missing(int requests, int? votes, string sentence) =>
        Language
            .English.Convening(
                new ConveningSentence(Count(requests, 193) with { CouncilYes = votes, CouncilRequired = 9 })
            )
            .ShouldBe(sentence);

    [Test]
    public void Every_language_says_it_without_placeholders()
    {
        ConveningCount[] counts =
        [
            Count(0, 193),
            Count(96, 193) with
            {
                CouncilYes = 8,
                CouncilRequired = 9,
            },
            Count(0, 185) with
            {
                HasConvened = true,
            },
            Count(2, 193) with
            {
                Kind = SessionKind.Resumption,
            },
            Count(2, 193) with
            {
                Kind = SessionKind.Resumption,
                Authority = "A/RES/ES-11/1",
            },
            Count(0, 193) with
            {
                Kind = SessionKind.Regular,
            },
        ];
        foreach (var language in Language.All)
        {
            var sentences = counts.Select(count => language.Convening(new ConveningSentence(count))).ToList();
            sentences.ShouldBeUnique();
            sentences.ShouldAllBe(s => s.Length > 20 && !s.Contains('{'));
        }
    }

    private static ConveningCount Count(int requests, int members) =>
        new()
        {
            Kind = SessionKind.NewEmergencySession,
            HasConvened = false,
            Requests = requests,
            Members = members,
        };

    private static DateOnly Day(string text) =>
        DateOnly.ParseExact(text, "O", System.Globalization.CultureInfo.InvariantCulture);
}
