using VoteTracker.Endpoints.Text;
using VoteTracker.Localization;

namespace VoteTracker.Features.MemberStates;

/// <summary>
/// The order in which the Assembly seats and calls its members: that of their English names, in every language. A roll call
/// begins with a member that the President draws by lot (rule 87).
/// </summary>
internal static class AssemblyOrder
{
    /// <summary>What decides the place of a member. Accents do not matter.</summary>
    public static string KeyOf(string iso3) => FoldedText.Fold(Language.English.State(iso3));

    /// <summary>Sorts codes by the English name.</summary>
    public static IReadOnlyList<string> List(IEnumerable<string> states) =>
        [.. states.OrderBy(KeyOf, StringComparer.Ordinal)];

    /// <summary>The same, beginning with a member. After the last name it continues with the first one.</summary>
    public static IReadOnlyList<string> ListFrom(IEnumerable<string> states, string first)
    {
        var all = List(states);
        var start = all.Index().First(state => state.Item == first).Index;
        return [.. all.Skip(start), .. all.Take(start)];
    }

    /// <summary>
    /// Finds the member that a lot names: by its code, or as the first one whose name begins with a letter. The case does not
    /// matter. Null if it names none.
    /// </summary>
    public static string? FindFirst(IReadOnlyCollection<string> members, string lot) =>
        lot.Length == 1 && char.IsAsciiLetter(lot[0])
            ? List(members).FirstOrDefault(state => KeyOf(state).TrimStart()[0] == char.ToLowerInvariant(lot[0]))
            : members.FirstOrDefault(state => string.Equals(state, lot, StringComparison.OrdinalIgnoreCase));
}
