using System.Collections.Concurrent;
using System.Text;

namespace VoteTracker.Database.Postgres;

/// <summary>Converts named parameters to the positional ones of PostgreSQL, once for each SQL text.</summary>
internal sealed class PositionalSql
{
    // Lists are expanded in the SQL, so the number of texts is unlimited. The frequent ones are cached first.
    private const int MaxCached = 1_000;

    private static readonly ConcurrentDictionary<string, PositionalSql> Cache = new(StringComparer.Ordinal);

    private PositionalSql(string text, string[] names) => (Text, Names) = (text, names);

    /// <summary>The SQL with $1, $2 and so on.</summary>
    public string Text { get; }

    /// <summary>The name of each parameter, in the order of their positions.</summary>
    public IReadOnlyList<string> Names { get; }

    public static PositionalSql Parse(string sql)
    {
        if (Cache.TryGetValue(sql, out var cached))
        {
            return cached;
        }
        var converted = Convert(sql);
        if (Cache.Count < MaxCached)
        {
            Cache[sql] = converted;
        }
        return converted;
    }

    private static PositionalSql Convert(string sql)
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
