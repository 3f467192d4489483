using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.Records;

/// <summary>The votes of a roll call as one string.</summary>
public sealed class PackedNamesTests
{
    [Test]
    public void Unpacked_names_equal_the_packed_ones_in_the_order_of_their_codes()
    {
        NamedVote[] names =
        [
            new("ZAF", Vote.NonVoting, Vote.Yes),
            new("AFG", Vote.Yes),
            new("NAM", Vote.Abstain, Vote.NonVoting),
            new("BRA", Vote.No, Vote.Abstain),
        ];
        var packed = PackedNames.Pack(names);
        packed.ShouldBe("AFGy BRAnaNAMaxZAFxy");
        PackedNames.Unpack(packed).ShouldBe(names.OrderBy(n => n.MemberState, StringComparer.Ordinal));
    }

    [Test]
    public void Every_vote_has_a_letter_of_its_own()
    {
        var votes = Enum.GetValues<Vote>();
        votes.ShouldNotBeEmpty();
        votes.Select(PackedNames.Letter).Distinct().Count().ShouldBe(votes.Length);
        foreach (var vote in votes)
        {
            PackedNames.VoteOf(PackedNames.Letter(vote)).ShouldBe(vote);
        }
    }

    [Test]
    public void No_names_are_null_and_null_is_no_names()
    {
        PackedNames.Pack([]).ShouldBeNull();
        PackedNames.Unpack(null).ShouldBeEmpty();
    }

    [TestCase("zaf")]
    [TestCase("ZA")]
    [TestCase("ZAFF")]
    [TestCase("")]
    public void A_code_that_is_not_three_capitals_is_not_packed(string code) =>
        Should.Throw<FormatException>(() => PackedNames.Pack([new NamedVote(code, Vote.Yes)]));

    [Test]
    public void An_unknown_letter_is_rejected() => Should.Throw<FormatException>(() => PackedNames.Unpack("ZAFq "));
}
