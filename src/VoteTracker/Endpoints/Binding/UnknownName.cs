namespace VoteTracker.Endpoints.Binding;

/// <summary>The error message about a name that the service does not know.</summary>
internal static class UnknownName
{
    /// <summary>A request with more unknown names than this is answered with the first ones.</summary>
    public const int MostReported = 100;

    /// <summary>A query parameter.</summary>
    public const string Parameter = "is not a known parameter";

    /// <summary>A field of a JSON object.</summary>
    public const string Field = "is not a known field";

    /// <summary>A field of a merge patch.</summary>
    public const string PatchedField = "cannot be changed here";

    /// <summary>Adds the closest known name, if there is one, and all known names to what is wrong with a name.</summary>
    public static string Describe(string wrong, string name, IReadOnlyCollection<string> known)
    {
        var all = known.Count > 0 ? $"the known ones are {string.Join(", ", known)}" : "there are none here";
        return ClosestName.Find(name, known) is { } closest
            ? $"{wrong}; did you mean {closest}? T{all[1..]}"
            : $"{wrong}; {all}";
    }
}
