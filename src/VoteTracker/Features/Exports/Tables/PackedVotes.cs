using System.Collections;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>
/// The votes of one state by resolution, in the order of the votes, one byte each. It is a dictionary without keys of its
/// own, because the keys are the same for every state.
/// </summary>
internal sealed class PackedVotes(FrozenDictionary<string, int> places, IReadOnlyList<string> resolutions, byte[] votes)
    : IReadOnlyDictionary<string, Vote>
{
    public IEnumerable<string> Keys => this.Select(vote => vote.Key);

    public IEnumerable<Vote> Values => this.Select(vote => vote.Value);

    public int Count => votes.Length - votes.Count((byte)0);

    public Vote this[string key] => TryGetValue(key, out var vote) ? vote : throw new KeyNotFoundException(key);

    /// <summary>The byte of a vote; 0 is for a state that is not named.</summary>
    public static byte ByteOf(Vote vote) => (byte)(vote + 1);

    /// <summary>The vote at a place; null if the state is not named there.</summary>
    public Vote? At(int place) => votes[place] == 0 ? null : (Vote)(votes[place] - 1);

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Vote value)
    {
        var found = places.TryGetValue(key, out var place) ? At(place) : null;
        value = found.GetValueOrDefault();
        return found is not null;
    }

    public IEnumerator<KeyValuePair<string, Vote>> GetEnumerator()
    {
        for (var i = 0; i < votes.Length; i++)
        {
            if (At(i) is { } vote)
            {
                yield return KeyValuePair.Create(resolutions[i], vote);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
