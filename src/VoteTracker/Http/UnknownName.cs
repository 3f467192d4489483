namespace VoteTracker.Http;

/// <summary>The error message about a name that the service does not know.</summary>
internal static class UnknownName
{
    /// <summary>A request that has more unknown names than this gets the first ones.</summary>
    public const int MostReported = 100;

    /// <summary>Names the closest known name, if there is one, and all known names.</summary>
    /// <param name="name">The unknown name.</param>
    /// <param name="kind">What it should be the name of: "parameter" or "field".</param>
    /// <param name="known">The names that are known at this place.</param>
    public static string Describe(string name, string kind, IReadOnlyCollection<string> known)
    {
        var guess = ClosestName.Find(name, known) is { } closest ? $"; did you mean {closest}?" : "";
        var all = known.Count > 0 ? $"the known ones are {string.Join(", ", known)}" : "there are none here";
        return guess.Length > 0
            ? $"is not a known {kind}{guess} {char.ToUpperInvariant(all[0])}{all[1..]}"
            : $"is not a known {kind}; {all}";
    }
}
