using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;

namespace VoteTracker.Database;

/// <summary>
/// Copies tables into a database of either engine that has the same schema and no rows. It counts and hashes the rows in any
/// order, to compare both databases. Over 200 lines because copying and hashing convert the same values.
/// </summary>
internal static class TableCopy
{
    private const int MaxValues = 4_000;

    // Tables about the database itself. The keys are copied apart, because each database has its own protection of them.
    private static readonly string[] NotCopied =
    [
        "protection_key",
        "schema_shape",
        "schema_version",
        "sqlite_sequence",
        "write_turn",
    ];

    /// <summary>The tables to copy. Referenced tables come first.</summary>
    public static IReadOnlyList<TableShape> Tables(IEngine engine, DbConnection connection) =>
        TableShape.InOrder([
            .. engine.Tables(connection).Where(t => !NotCopied.Contains(t.Name, StringComparer.Ordinal)),
        ]);

    /// <summary>Why the two cannot be source and target; null if they can.</summary>
    public static string? FindMismatch(
        DbConnection source,
        IReadOnlyList<Migration> migrations,
        IReadOnlyList<TableShape> from,
        DbConnection target,
        IReadOnlyList<TableShape> to
    )
    {
        static IEnumerable<string> Names(IEnumerable<TableShape> tables) =>
            tables.SelectMany(t => t.Columns.Select(c => $"{t.Name}.{c.Name}")).Order(StringComparer.Ordinal);
        // A migration can change rows alone, so equal columns are not enough.
        if (
            !Names(from).SequenceEqual(Names(to), StringComparer.Ordinal)
            || Migrator.CountPending(source, migrations) > 0
        )
        {
            return "The source was not written by this version of VoteTracker. Start this version with the source once, which migrates it.";
        }
        var used = to.FirstOrDefault(t => target.ExecuteScalar<long>($"SELECT COUNT(*) FROM {t.Name}") > 0);
        return used is null ? null : $"The target is not empty: {used.Name} has rows. Nothing was copied.";
    }

    /// <summary>Copies a table. Returns the number of its rows, and their hash.</summary>
    public static TableSum Copy(
        DbConnection from,
        DbConnection to,
        TableShape table,
        TableShape target,
        Action<int> done
    )
    {
        var sum = new TableSum();
        var types = table.Columns.Select(c => target.Columns.First(t => t.Name == c.Name).Type).ToList();
        var selfReference = FindSelfReference(table);
        var (rows, maxRows) = (new List<object[]>(), Math.Max(1, MaxValues / table.Columns.Count));
        var links = new List<(object Id, object Link)>();
        using (var reader = from.ExecuteReader(Select(table)))
        {
            while (reader.Read())
            {
                var row = new object[table.Columns.Count];
                reader.GetValues(row);
                sum.Add(row);
                if (selfReference is { } link && row[link.Column] is not DBNull)
                {
                    links.Add((row[link.Id], row[link.Column]));
                    row[link.Column] = DBNull.Value;
                }
                rows.Add(row);
                if (rows.Count == maxRows)
                {
                    Insert(to, table, types, rows);
                    done(rows.Count);
                    rows.Clear();
                }
            }
        }
        if (rows.Count > 0)
        {
            Insert(to, table, types, rows);
            done(rows.Count);
        }
        foreach (var (id, link) in links)
        {
            to.Execute(
                $"UPDATE {table.Name} SET {table.Columns[selfReference!.Value.Column].Name} = @link WHERE id = @id",
                new { id, link }
            );
        }
        return sum;
    }

    /// <summary>The number of the rows of a table, and their hash.</summary>
    public static TableSum Sum(DbConnection connection, TableShape table)
    {
        var sum = new TableSum();
        using var reader = connection.ExecuteReader(Select(table));
        while (reader.Read())
        {
            var row = new object[table.Columns.Count];
            reader.GetValues(row);
            sum.Add(row);
        }
        return sum;
    }

    private static string Select(TableShape table) =>
        $"SELECT {string.Join(", ", table.Columns.Select(c => c.Name))} FROM {table.Name}";

    // A row can reference a later row of its table: an amendment and its resolution. Such references are set after all rows
    // are inserted.
    private static (int Id, int Column)? FindSelfReference(TableShape table)
    {
        if (!table.References.Contains(table.Name))
        {
            return null;
        }
        var names = table.Columns.Select(c => c.Name).ToList();
        return (names.IndexOf("id"), names.IndexOf("parent"));
    }

    private static void Insert(
        DbConnection to,
        TableShape table,
        IReadOnlyList<string> types,
        IReadOnlyList<object[]> rows
    )
    {
        var values = string.Join(
            ", ",
            rows.Select((row, r) => $"({string.Join(", ", row.Select((_, c) => $"@v{r}_{c}"))})")
        );
        using var command = to.CreateCommand();
#pragma warning disable CA2100 // The names are from the catalogue of the database.
        command.CommandText =
            $"INSERT INTO {table.Name} ({string.Join(", ", table.Columns.Select(c => c.Name))}) VALUES {values}";
#pragma warning restore CA2100
        for (var r = 0; r < rows.Count; r++)
        {
            for (var c = 0; c < types.Count; c++)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = $"v{r}_{c}";
                (parameter.DbType, parameter.Value) = (TypeOf(types[c]), ConvertTo(types[c], rows[r][c]));
                command.Parameters.Add(parameter);
            }
        }
        command.ExecuteNonQuery();
    }

    private static object ConvertTo(string type, object value) =>
        (type, value) switch
        {
            ("timestamp with time zone", string text) => SqlTypes.Moment(text),
            ("date", string text) => SqlTypes.Day(text),
            ("boolean", long flag) => flag != 0,
            (_, DateTime { Kind: DateTimeKind.Utc } moment) => new DateTimeOffset(moment, TimeSpan.Zero),
            (_, DateTime day) => DateOnly.FromDateTime(day),
            _ => value,
        };

    private static DbType TypeOf(string type) =>
        type switch
        {
            "timestamp with time zone" => DbType.DateTimeOffset,
            "date" => DbType.Date,
            "boolean" => DbType.Boolean,
            "bigint" or "integer" => DbType.Int64,
            "bytea" => DbType.Binary,
            _ => DbType.String,
        };

    /// <summary>The number and the hash of rows in any order. Both engines have the same for the same rows.</summary>
    internal sealed class TableSum : IEquatable<TableSum>
    {
        private UInt128 _hash;

        public long Rows { get; private set; }

        public string Hash => _hash.ToString("x32", CultureInfo.InvariantCulture);

        public void Add(object[] row)
        {
            var text = string.Join('\u001f', row.Select(Text));
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
            Rows++;
            unchecked
            {
                _hash += new UInt128(BitConverter.ToUInt64(hash, 0), BitConverter.ToUInt64(hash, 8));
            }
        }

        public bool Equals(TableSum? other) => other is not null && (Rows, _hash) == (other.Rows, other._hash);

        public override bool Equals(object? obj) => Equals(obj as TableSum);

        public override int GetHashCode() => HashCode.Combine(Rows, _hash);

        private static string Text(object value) =>
            value switch
            {
                DBNull => "\0",
                bool flag => flag ? "1" : "0",
                DateTime { Kind: DateTimeKind.Utc } moment => SqlTypes.Text(new DateTimeOffset(moment, TimeSpan.Zero)),
                DateTime day => SqlTypes.Text(DateOnly.FromDateTime(day)),
                DateOnly day => SqlTypes.Text(day),
                byte[] bytes => Convert.ToHexString(bytes),
                _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
            };
    }
}
