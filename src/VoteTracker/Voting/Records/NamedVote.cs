using System.Text;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Records;

/// <summary>A vote in a roll call, and the vote that the member later said it had intended.</summary>
public readonly record struct NamedVote(string MemberState, Vote Vote, Vote? Intended = null);

/// <summary>
/// The votes of a roll call as one string, in the order of the codes. Each takes five letters, such as `AFGy `: the code,
/// the vote (y, n, a, x for non-voting), and the intended vote or a blank. So a roll call is one row instead of 200.
/// </summary>
public static class PackedNames
{
    /// <summary>The number of letters for one vote.</summary>
    public const int Width = 5;

    private const string Letters = "ynax";
    private const char Nothing = ' ';

    /// <summary>Packs the votes; null if there are none.</summary>
    public static string? Pack(IEnumerable<NamedVote> names)
    {
        var text = new StringBuilder();
        foreach (var name in names.OrderBy(n => n.MemberState, StringComparer.Ordinal))
        {
            if (name.MemberState is not { Length: 3 } || name.MemberState.Any(c => c is < 'A' or > 'Z'))
            {
                throw new FormatException(
                    $"'{name.MemberState}' is not the code of a member, which has three capitals."
                );
            }
            text.Append(name.MemberState)
                .Append(Letter(name.Vote))
                .Append(name.Intended is { } intended ? Letter(intended) : Nothing);
        }
        return text.Length == 0 ? null : text.ToString();
    }

    /// <summary>The votes in the order of the codes; empty if only totals are known.</summary>
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

    /// <summary>Finds the vote of a member by binary search; null if the roll call does not have it.</summary>
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
            : throw new FormatException($"'{letter}' is not the letter of a vote; the letters are {Letters}.");
}
