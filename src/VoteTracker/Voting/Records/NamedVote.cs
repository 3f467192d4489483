using System.Text;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Records;

/// <summary>One name in a roll call: who, how, and what it said afterwards it had intended.</summary>
public readonly record struct NamedVote(string MemberState, Vote Vote, Vote? Intended = null);

/// <summary>
/// The names of a roll call as one text, in the order of their codes, five letters each, such as `AFGy `: the code, the
/// vote (y, n, a, x for non-voting), what was intended or a blank. A roll call is kept so, one row instead of two hundred.
/// </summary>
public static class PackedNames
{
    /// <summary>How many letters a name takes.</summary>
    public const int Width = 5;

    private const string Letters = "ynax";
    private const char Nothing = ' ';

    /// <summary>Packs them; null where there are none.</summary>
    public static string? Pack(IEnumerable<NamedVote> names)
    {
        var text = new StringBuilder();
        foreach (var name in names.OrderBy(n => n.MemberState, StringComparer.Ordinal))
        {
            if (name.MemberState is not { Length: 3 } || name.MemberState.Any(c => c is < 'A' or > 'Z'))
            {
                throw new FormatException($"'{name.MemberState}' is no code of a member: three capitals.");
            }
            text.Append(name.MemberState)
                .Append(Letter(name.Vote))
                .Append(name.Intended is { } intended ? Letter(intended) : Nothing);
        }
        return text.Length == 0 ? null : text.ToString();
    }

    /// <summary>The names, in the order of their codes; none where only totals are known.</summary>
    public static IReadOnlyList<NamedVote> Unpack(string? packed)
    {
        var names = new NamedVote[(packed?.Length ?? 0) / Width];
        for (var i = 0; i < names.Length; i++)
        {
            var name = packed.AsSpan(i * Width, Width);
            names[i] = new NamedVote(
                name[..3].ToString(),
                VoteOf(name[3]),
                name[4] == Nothing ? null : VoteOf(name[4])
            );
        }
        return names;
    }

    /// <summary>One of the names; null where it is not among them. They are in the order of their codes: halved, not walked.</summary>
    public static NamedVote? Find(string? packed, string memberState)
    {
        var (low, high) = (0, (packed?.Length ?? 0) / Width - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var name = packed.AsSpan(middle * Width, Width);
            switch (name[..3].CompareTo(memberState, StringComparison.Ordinal))
            {
                case 0:
                    return new NamedVote(memberState, VoteOf(name[3]), name[4] == Nothing ? null : VoteOf(name[4]));
                case < 0:
                    low = middle + 1;
                    break;
                default:
                    high = middle - 1;
                    break;
            }
        }
        return null;
    }

    /// <summary>The letter of a vote.</summary>
    public static char Letter(Vote vote) => Letters[(int)vote];

    /// <summary>The vote of a letter.</summary>
    public static Vote VoteOf(char letter) =>
        Letters.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var vote
            ? (Vote)vote
            : throw new FormatException($"'{letter}' is no vote in packed names: {Letters}.");
}
