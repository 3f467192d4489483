using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Records;

/// <summary>
/// How often two members voted alike. Only roll calls in which both said yes, no or abstained are compared: who did not
/// vote agreed with nobody and disagreed with nobody.
/// </summary>
public readonly record struct Agreement
{
    /// <summary>The formula of <see cref="Identical"/>.</summary>
    public const string IdenticalFormula = "same / common";

    /// <summary>The formula of <see cref="AbstentionHalf"/>.</summary>
    public const string AbstentionHalfFormula = "(same + half / 2) / common (Lijphart 1963)";

    /// <summary>The formula of <see cref="YesNoOnly"/>.</summary>
    public const string YesNoOnlyFormula = "(same - bothAbstain) / (same - bothAbstain + opposite)";

    /// <summary>Roll calls in which both said yes, or both no.</summary>
    public int SameYesNo { get; init; }

    /// <summary>Roll calls in which both abstained.</summary>
    public int BothAbstain { get; init; }

    /// <summary>Roll calls in which one abstained and the other said yes or no.</summary>
    public int Half { get; init; }

    /// <summary>Roll calls in which one said yes and the other no.</summary>
    public int Opposite { get; init; }

    /// <summary>Roll calls in which both did the same.</summary>
    public int Same => SameYesNo + BothAbstain;

    /// <summary>All that are compared.</summary>
    public int Common => Same + Half + Opposite;

    /// <summary>An abstention is an answer as yes and no are; null where there is nothing to compare.</summary>
    public decimal? Identical => Share(Same, Common);

    /// <summary>An abstention is half way between yes and no.</summary>
    public decimal? AbstentionHalf => Share(Same + Half / 2m, Common);

    /// <summary>Only roll calls in which neither abstained.</summary>
    public decimal? YesNoOnly => Share(SameYesNo, SameYesNo + Opposite);

    private static decimal? Share(decimal part, int whole) =>
        whole == 0 ? null : decimal.Round(part / whole, 4, MidpointRounding.AwayFromZero);
}

/// <summary>
/// Counts, roll call after roll call, how often each pair of votes came together: a member's with that of every other.
/// </summary>
public sealed class AgreementCount(string memberState)
{
    private const int Votes = 4;
    private const int Letters = 26;

    // Where a code's counts begin, and the counts: at 4a + b the roll calls in which the one voted a and the other b.
    // The whole record is a million names: a place in a table is found faster than a key in a dictionary.
    private readonly int[] _places = new int[Letters * Letters * Letters];
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
            // Before the table is named: a code that is new may need a larger one.
            var place = PlaceOf(packed, at);
            _pairs[place + Votes * (int)own + (int)PackedNames.VoteOf(packed[at + 3])]++;
        }
    }

    /// <summary>Every other member that was named with it, in the order of their codes, and how they agree.</summary>
    public IReadOnlyList<(string MemberState, Agreement Agreement)> Result() =>
        [
            .. _codes
                .Where(code => code != memberState)
                .Order(StringComparer.Ordinal)
                .Select(code => (code, CountAgreement(_pairs.AsSpan(_places[Key(code, 0)] - 1, Votes * Votes)))),
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

    private int PlaceOf(string packed, int at)
    {
        ref var place = ref _places[Key(packed, at)];
        if (place == 0)
        {
            place = 1 + _codes.Count * Votes * Votes;
            _codes.Add(packed.Substring(at, 3));
            if (_codes.Count * Votes * Votes > _pairs.Length)
            {
                Array.Resize(ref _pairs, 2 * _pairs.Length);
            }
        }
        return place - 1;
    }

    private static int Key(string text, int at) =>
        ((text[at] - 'A') * Letters + text[at + 1] - 'A') * Letters + text[at + 2] - 'A';
}
