using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Records;

/// <summary>
/// How often two members voted alike. Only roll calls in which both voted yes, no or abstain are compared. A member that
/// did not vote neither agreed nor disagreed.
/// </summary>
public readonly record struct Agreement
{
    /// <summary>The formula of <see cref="Identical"/>.</summary>
    public const string IdenticalFormula = "same / common";

    /// <summary>The formula of <see cref="AbstentionHalf"/>.</summary>
    public const string AbstentionHalfFormula = "(same + half / 2) / common (Lijphart 1963)";

    /// <summary>The formula of <see cref="YesNoOnly"/>.</summary>
    public const string YesNoOnlyFormula = "(same - bothAbstain) / (same - bothAbstain + opposite)";

    /// <summary>Roll calls in which both voted yes, or both no.</summary>
    public int SameYesNo { get; init; }

    /// <summary>Roll calls in which both abstained.</summary>
    public int BothAbstain { get; init; }

    /// <summary>Roll calls in which one abstained and the other voted yes or no.</summary>
    public int Half { get; init; }

    /// <summary>Roll calls in which one voted yes and the other no.</summary>
    public int Opposite { get; init; }

    /// <summary>Roll calls in which both voted the same.</summary>
    public int Same => SameYesNo + BothAbstain;

    /// <summary>All roll calls that are compared.</summary>
    public int Common => Same + Half + Opposite;

    /// <summary>An abstention is a vote like yes and no. Null if no roll call is compared.</summary>
    public decimal? Identical => Share(Same, Common);

    /// <summary>An abstention is halfway between yes and no.</summary>
    public decimal? AbstentionHalf => Share(Same + Half / 2m, Common);

    /// <summary>Only roll calls in which neither abstained.</summary>
    public decimal? YesNoOnly => Share(SameYesNo, SameYesNo + Opposite);

    private static decimal? Share(decimal part, int whole) =>
        whole == 0 ? null : decimal.Round(part / whole, 4, MidpointRounding.AwayFromZero);
}

/// <summary>
/// Counts how often each pair of votes occurred in a roll call: the vote of one member with that of every other member.
/// </summary>
public sealed class AgreementCount(string memberState)
{
    private const int Votes = 4;
    private const int Letters = 26;

    // The offset of each code's counts, and the counts: entry 4a + b has the roll calls in which the member voted a and
    // the other b. The whole record has a million votes, and an array is faster than a dictionary.
    private readonly int[] _offsets = new int[Letters * Letters * Letters];
    private readonly List<string> _codes = [];
    private int[] _pairs = new int[256 * Votes * Votes];

    /// <summary>Adds a roll call by its packed names.</summary>
    public void Add(string packed)
    {
        if (PackedNames.Find(packed, memberState) is not { Vote: not Vote.NonVoting and var own })
        {
            return;
        }
        for (var at = 0; at < packed.Length; at += PackedNames.Width)
        {
            // This comes first, because a new code can replace the array with a larger one.
            var offset = OffsetOf(packed, at);
            _pairs[offset + Votes * (int)own + (int)PackedNames.VoteOf(packed[at + 3])]++;
        }
    }

    /// <summary>The agreement with every other member in the same roll calls, in the order of their codes.</summary>
    public IReadOnlyList<(string MemberState, Agreement Agreement)> Result() =>
        [
            .. _codes
                .Where(code => code != memberState)
                .Order(StringComparer.Ordinal)
                .Select(code => (code, CountAgreement(_pairs.AsSpan(_offsets[Key(code, 0)] - 1, Votes * Votes)))),
        ];

    private static Agreement CountAgreement(ReadOnlySpan<int> pairs)
    {
        return new Agreement
        {
            SameYesNo = At(pairs, Vote.Yes, Vote.Yes) + At(pairs, Vote.No, Vote.No),
            BothAbstain = At(pairs, Vote.Abstain, Vote.Abstain),
            Half =
                At(pairs, Vote.Yes, Vote.Abstain)
                + At(pairs, Vote.No, Vote.Abstain)
                + At(pairs, Vote.Abstain, Vote.Yes)
                + At(pairs, Vote.Abstain, Vote.No),
            Opposite = At(pairs, Vote.Yes, Vote.No) + At(pairs, Vote.No, Vote.Yes),
        };

        static int At(ReadOnlySpan<int> pairs, Vote a, Vote b) => pairs[Votes * (int)a + (int)b];
    }

    private int OffsetOf(string packed, int at)
    {
        ref var offset = ref _offsets[Key(packed, at)];
        if (offset == 0)
        {
            offset = 1 + _codes.Count * Votes * Votes;
            _codes.Add(packed.Substring(at, 3));
            if (_codes.Count * Votes * Votes > _pairs.Length)
            {
                Array.Resize(ref _pairs, 2 * _pairs.Length);
            }
        }
        return offset - 1;
    }

    private static int Key(string text, int at) =>
        ((text[at] - 'A') * Letters + text[at + 1] - 'A') * Letters + text[at + 2] - 'A';
}
