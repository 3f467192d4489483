namespace VoteTracker.Tests.Features.Imports;

/// <summary>The fields of a line of the Library's file.</summary>
internal static class VotingLine
{
    // Some titles and subjects have commas, within quotes.
    public static List<string> Fields(string line)
    {
        var fields = new List<string> { "" };
        var quoted = false;
        foreach (var c in line)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                fields.Add("");
            }
            else
            {
                fields[^1] += c;
            }
        }
        return fields;
    }

    public static string Line(IEnumerable<string> fields, char separator = ',') =>
        string.Join(separator, fields.Select(f => f.AsSpan().IndexOfAny(separator, ',') >= 0 ? $"\"{f}\"" : f));
}
