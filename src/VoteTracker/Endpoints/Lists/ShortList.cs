namespace VoteTracker.Endpoints.Lists;

/// <summary>Lists that a response shows only in part.</summary>
internal static class ShortList
{
    /// <summary>Cuts a list after a number of entries. The name of a list that has more is added to <paramref name="more"/>.</summary>
    /// <param name="name">The name of the list in the response.</param>
    /// <param name="found">The entries, at least one more than is shown if there are more.</param>
    /// <param name="most">The number of entries that are shown.</param>
    /// <param name="more">The names of the lists that have more entries.</param>
    public static List<T> Cut<T>(string name, IEnumerable<T> found, int most, List<string> more)
    {
        var list = found.ToList();
        if (list.Count > most)
        {
            more.Add(name);
            list.RemoveRange(most, list.Count - most);
        }
        return list;
    }
}
