using System.Collections.Concurrent;
using System.Text;

namespace VoteTracker.Database.Postgres;

/// <summary>
/// SQL as the handlers have it, with its values named, as PostgreSQL takes it, with their places: done once a text.
/// </summary>
internal sealed class PositionalSql
{
    // Lists of values are spelled out in the SQL, so it has no end of texts; the hot ones come first and stay.
    private const int MostKept = 1_000;

    private static readonly ConcurrentDictionary<string, PositionalSql> Known = new(StringComparer.Ordinal);

    private PositionalSql(string text, string[] names) => (Text, Names) = (text, names);

    /// <summary>With $1, $2 …</summary>
    public string Text { get; }

    /// <summary>The name of each place.</summary>
    public IReadOnlyList<string> Names { get; }

    public static PositionalSql Parse(string sql)
    {
        if (Known.TryGetValue(sql, out var known))
        {
            return known;
        }
        var read = Read(sql);
        if (Known.Count < MostKept)
        {
            Known[sql] = read;
        }
        return read;
    }

    private static PositionalSql Read(string sql)
    {
        var text = new StringBuilder(sql.Length);
        var names = new List<string>();
        for (var i = 0; i < sql.Length; )
        {
            var end = sql[i] switch
            {
                '\'' or '"' => After(sql, i + 1, sql[i]),
                '-' when sql.AsSpan(i).StartsWith("--") => After(sql, i, '\n'),
                '@' => AfterName(sql, i + 1),
                _ => i + 1,
            };
            if (sql[i] == '@' && end > i + 1)
            {
                var name = sql[(i + 1)..end];
                if (!names.Contains(name, StringComparer.Ordinal))
                {
                    names.Add(name);
                }
                text.Append('$').Append(names.IndexOf(name) + 1);
            }
            else
            {
                text.Append(sql, i, end - i);
            }
            i = end;
        }
        return new PositionalSql(text.ToString(), [.. names]);
    }

    private static int After(string sql, int from, char end) =>
        sql.IndexOf(end, from) is >= 0 and var at ? at + 1 : sql.Length;

    private static int AfterName(string sql, int from)
    {
        while (from < sql.Length && (char.IsAsciiLetterOrDigit(sql[from]) || sql[from] == '_'))
        {
            from++;
        }
        return from;
    }
}
