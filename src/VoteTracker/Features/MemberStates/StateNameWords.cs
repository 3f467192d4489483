using System.Collections.Frozen;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Features.MemberStates;

/// <summary>
/// The words of a state's name, as names are compared. Case, accents, punctuation, "the", "and" and "of" are ignored, and
/// usual abbreviations are written out.
/// </summary>
internal static class StateNameWords
{
    private static readonly FrozenSet<string> IgnoredWords = new[] { "the", "and", "of" }.ToFrozenSet();

    // Only in names of several words: ST and IS are codes.
    private static readonly FrozenDictionary<string, string> Abbreviations = new Dictionary<string, string>
    {
        ["st"] = "saint",
        ["ste"] = "sainte",
        ["rep"] = "republic",
        ["dem"] = "democratic",
        ["pdr"] = "peoplesdemocraticrepublic",
        ["rb"] = "bolivarianrepublic",
        ["is"] = "islands",
        ["eq"] = "equatorial",
        ["equat"] = "equatorial",
        ["sts"] = "states",
        // One form for all, because the abbreviation can mean each.
        ["fed"] = "federated",
        ["federal"] = "federated",
        ["federation"] = "federated",
    }.ToFrozenDictionary();

    // Only as the first word: an S later in a name is often what remains of 's.
    private static readonly FrozenDictionary<string, string> FirstAbbreviations = new Dictionary<string, string>
    {
        ["n"] = "north",
        ["s"] = "south",
        ["e"] = "east",
        ["w"] = "west",
        ["c"] = "central",
        ["cent"] = "central",
    }.ToFrozenDictionary();

    /// <summary>Lists the words of a name. A name of one word, which can be a code, stays as it is.</summary>
    public static IEnumerable<string> ListWords(string name)
    {
        var words = FoldedText.Fold(name).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // AND is the code of Andorra.
        if (words.Length == 1)
        {
            return words;
        }
        var relevant = words.Where(word => !IgnoredWords.Contains(word)).ToList();
        return relevant.Select(
            (word, place) =>
                place == 0
                && relevant.Count > 1
                && relevant[1].Length > 1
                && FirstAbbreviations.TryGetValue(word, out var first)
                    ? first
                    : Abbreviations.GetValueOrDefault(word, word)
        );
    }
}
