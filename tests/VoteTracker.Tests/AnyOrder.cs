namespace VoteTracker.Tests;

/// <summary>Compares collections whose order does not matter.</summary>
internal static class AnyOrder
{
    private const int MostListed = 20;

    /// <summary>
    /// Asserts that a collection has the expected items, each as often as expected, in any order. It counts the items,
    /// so the time is linear. The message lists the items that are missing and those that are unexpected.
    /// </summary>
    public static void ShouldBeInAnyOrder<T>(
        this IEnumerable<T> actual,
        IEnumerable<T> expected,
        string? customMessage = null
    )
    {
        // A value tuple makes null a valid key.
        var surplus = new Dictionary<ValueTuple<T>, int>();
        foreach (var item in actual)
        {
            surplus[new(item)] = surplus.GetValueOrDefault(new(item)) + 1;
        }
        foreach (var item in expected)
        {
            surplus[new(item)] = surplus.GetValueOrDefault(new(item)) - 1;
        }
        var missing = surplus.Where(s => s.Value < 0).Select(s => Describe(s.Key.Item1, -s.Value)).ToList();
        var unexpected = surplus.Where(s => s.Value > 0).Select(s => Describe(s.Key.Item1, s.Value)).ToList();
        if (missing.Count + unexpected.Count > 0)
        {
            throw new ShouldAssertException(
                $"The items differ. Missing: {List(missing)}. Unexpected: {List(unexpected)}. {customMessage}".TrimEnd()
            );
        }
    }

    private static string Describe<T>(T item, int count)
    {
        var text = item is null ? "null" : $"{item}";
        return count == 1 ? text : $"{text} ({count} times)";
    }

    private static string List(List<string> items) =>
        items.Count switch
        {
            0 => "none",
            <= MostListed => string.Join(", ", items),
            _ => $"{string.Join(", ", items.Take(MostListed))} and {items.Count - MostListed} more",
        };
}
