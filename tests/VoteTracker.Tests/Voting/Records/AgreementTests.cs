using FsCheck;
using FsCheck.Fluent;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.Records;

public sealed class AgreementTests
{
    // Some resolutions, each naming some of these members.
    private static readonly Arbitrary<NamedVote[][]> Records = Arb.From(
        (
            from text in (
                from members in Gen.Choose(0, 40)
                from votes in Gen.Elements<Vote?>(null, Vote.Yes, Vote.No, Vote.Abstain, Vote.NonVoting)
                    .ArrayOf(members)
                select votes
                    .Select((vote, i) => (Code: Assemblies.Code(7 * i), vote))
                    .Where(v => v.vote is not null)
                    .Select(v => new NamedVote(v.Code, v.vote!.Value))
                    .ToArray()
            )
            select text
        ).ArrayOf()
    );

    // The codes of all members in the records, and many others.
    private static readonly string[] Codes = [.. Enumerable.Range(0, 300).Select(Assemblies.Code)];

    [Test]
    public void The_count_over_packed_names_equals_the_comparison_of_each_pair() =>
        Assemblies.ForAll(
            Records,
            texts =>
            {
                var a = Assemblies.Code(7);
                var count = new AgreementCount(a);
                foreach (var text in texts)
                {
                    count.Add(PackedNames.Pack(text) ?? "");
                }
                var found = count.Result();
                found
                    .Select(f => f.MemberState)
                    .ShouldBe(found.Select(f => f.MemberState).Order(StringComparer.Ordinal));
                foreach (var (b, agreement) in found)
                {
                    agreement.ShouldBe(OneByOne(texts, a, b), b);
                }
                var named = texts
                    .Where(t => t.Any(n => n.MemberState == a && n.Vote != Vote.NonVoting))
                    .SelectMany(t => t.Select(n => n.MemberState))
                    .Where(code => code != a)
                    .ToHashSet();
                found.Select(f => f.MemberState).ToHashSet().SetEquals(named).ShouldBeTrue();
            }
        );

    [Test]
    public void It_is_the_same_from_both_sides_and_its_shares_are_shares() =>
        Assemblies.ForAll(
            Records,
            texts =>
            {
                var (a, b) = (Assemblies.Code(0), Assemblies.Code(7));
                var agreement = Agree(texts, a, b);
                Agree(texts, b, a).ShouldBe(agreement);
                agreement.Common.ShouldBe(agreement.Same + agreement.Half + agreement.Opposite);
                if (agreement.Common == 0)
                {
                    (agreement.Identical, agreement.AbstentionHalf, agreement.YesNoOnly).ShouldBe((null, null, null));
                    return;
                }
                agreement.Identical!.Value.ShouldBeInRange(0, 1);
                agreement.AbstentionHalf!.Value.ShouldBeInRange(agreement.Identical.Value, 1);
                (agreement.AbstentionHalf == 1).ShouldBe(agreement.Same == agreement.Common);
                (agreement.Identical == 0).ShouldBe(agreement.Same == 0);
            }
        );

    [Test]
    public void The_shares_are_those_of_their_formulas()
    {
        var agreement = new Agreement
        {
            SameYesNo = 16,
            BothAbstain = 2,
            Half = 1,
            Opposite = 1,
        };
        (agreement.Common, agreement.Same).ShouldBe((20, 18));
        agreement.Identical.ShouldBe(0.9m);
        agreement.AbstentionHalf.ShouldBe(0.925m);
        agreement.YesNoOnly.ShouldBe(0.9412m);
        new Agreement { BothAbstain = 3, Half = 1 }.YesNoOnly.ShouldBeNull();
    }

    [Test]
    public void More_members_than_there_ever_were_are_counted_too()
    {
        var everybody = Enumerable.Range(0, 1_000).Select(i => new NamedVote(Assemblies.Code(i), Vote.Yes)).ToList();
        var count = new AgreementCount(Assemblies.Code(500));
        count.Add(PackedNames.Pack(everybody)!);
        count.Add(PackedNames.Pack(everybody)!);
        var found = count.Result();
        found.Count.ShouldBe(999);
        found.ShouldAllBe(f => f.Agreement.SameYesNo == 2 && f.Agreement.Common == 2);
    }

    [Test]
    public void A_vote_is_found_in_packed_names() =>
        Assemblies.ForAll(
            Records,
            texts =>
            {
                foreach (var text in texts)
                {
                    var packed = PackedNames.Pack(text);
                    var named = text.ToDictionary(n => n.MemberState);
                    Codes
                        .Where(code =>
                            PackedNames.Find(packed, code)
                            != (named.TryGetValue(code, out var expected) ? expected : (NamedVote?)null)
                        )
                        .ShouldBeEmpty();
                }
            }
        );

    private static Agreement Agree(NamedVote[][] texts, string a, string b)
    {
        var count = new AgreementCount(a);
        foreach (var text in texts)
        {
            count.Add(PackedNames.Pack(text) ?? "");
        }
        return count.Result().FirstOrDefault(f => f.MemberState == b).Agreement;
    }

    private static Agreement OneByOne(NamedVote[][] texts, string a, string b)
    {
        var pairs = texts
            .Select(text =>
                (
                    A: text.Where(n => n.MemberState == a).Select(n => (Vote?)n.Vote).SingleOrDefault(),
                    B: text.Where(n => n.MemberState == b).Select(n => (Vote?)n.Vote).SingleOrDefault()
                )
            )
            .Where(p => p.A is not null and not Vote.NonVoting && p.B is not null and not Vote.NonVoting)
            .ToList();
        return new Agreement
        {
            SameYesNo = pairs.Count(p => p.A == p.B && p.A != Vote.Abstain),
            BothAbstain = pairs.Count(p => p.A == Vote.Abstain && p.B == Vote.Abstain),
            Half = pairs.Count(p => p.A != p.B && (p.A == Vote.Abstain || p.B == Vote.Abstain)),
            Opposite = pairs.Count(p => p.A != p.B && p.A != Vote.Abstain && p.B != Vote.Abstain),
        };
    }
}
