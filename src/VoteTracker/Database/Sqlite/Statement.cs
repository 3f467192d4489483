using System.Buffers;
using System.Data;
using System.Data.Common;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace VoteTracker.Database.Sqlite;

/// <summary>One prepared statement of one connection: its values bound by place, its columns read where they stand.</summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;

    // The names of its values, and where each was found among the caller's the last time: nearly always there again.
    private readonly string[] _names;
    private readonly int[] _places;
    private string[] _columns;
    private string?[] _declared;

    private Statement(sqlite3 connection, sqlite3_stmt statement, string sql)
    {
        (_connection, _statement, Sql) = (connection, statement, sql);
        _names =
        [
            .. Enumerable
                .Range(1, raw.sqlite3_bind_parameter_count(statement))
                .Select(i => raw.sqlite3_bind_parameter_name(statement, i).utf8_to_string()[1..]),
        ];
        _places = new int[_names.Length];
        (_columns, _declared) = (Columns(statement), DeclaredTypes(statement));
        ReadOnly = raw.sqlite3_stmt_readonly(statement) != 0;
    }

    public string Sql { get; }

    /// <summary>Whether it writes nothing.</summary>
    public bool ReadOnly { get; }

    public int ColumnCount => _columns.Length;

    /// <summary>How many rows the connection's last change touched.</summary>
    public int Changes => raw.sqlite3_changes(_connection);

    /// <summary>Prepares it; null where there is more than one.</summary>
    public static Statement? Prepare(sqlite3 connection, string sql)
    {
        var text = Encoding.UTF8.GetBytes(sql + '\0');
        var code = raw.sqlite3_prepare_v3(
            connection,
            text,
            raw.SQLITE_PREPARE_PERSISTENT,
            out var statement,
            out var tail
        );
        SqliteException.ThrowExceptionForRC(code, connection);
        if (statement.IsInvalid || tail.TrimEnd("\0 \t\r\n;"u8).Length > 0)
        {
            statement.Dispose();
            return null;
        }
        return new Statement(connection, statement, sql);
    }

    public string Column(int ordinal) => _columns[ordinal];

    /// <summary>Binds every value it names.</summary>
    public void Bind(PreparedParameters values)
    {
        for (var i = 0; i < _names.Length; i++)
        {
            if (!values.Is(_places[i], _names[i]))
            {
                _places[i] = values.Place(_names[i]);
            }
            var code = Bind(i + 1, values[_places[i]].Value);
            SqliteException.ThrowExceptionForRC(code, _connection);
        }
    }

    /// <summary>Binds every value it names.</summary>
    public void Bind(ReadOnlySpan<SqlValue> values)
    {
        for (var i = 0; i < _names.Length; i++)
        {
            if (_places[i] >= values.Length || values[_places[i]].Name != _names[i])
            {
                _places[i] = Place(values, _names[i]);
            }
            var code = Bind(i + 1, values[_places[i]]);
            SqliteException.ThrowExceptionForRC(code, _connection);
        }
    }

    /// <summary>Goes to the next row; false where there is none.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        switch (code)
        {
            case raw.SQLITE_ROW:
                return true;
            case raw.SQLITE_DONE:
                return false;
            default:
                SqliteException.ThrowExceptionForRC(code, _connection);
                return false;
        }
    }

    /// <summary>Its columns may be others since the schema changed under it.</summary>
    public void Refresh()
    {
        if (raw.sqlite3_column_count(_statement) != _columns.Length)
        {
            (_columns, _declared) = (Columns(_statement), DeclaredTypes(_statement));
        }
    }

    /// <summary>Ready for the next; it holds no lock and none of the values.</summary>
    public void Reset()
    {
        // What went wrong was told by the step; here it is only repeated.
        _ = raw.sqlite3_reset(_statement);
        _ = raw.sqlite3_clear_bindings(_statement);
    }

    public int TypeOf(int ordinal) => raw.sqlite3_column_type(_statement, ordinal);

    /// <summary>The type a column was declared with; null for what was computed.</summary>
    public string? Declared(int ordinal) => _declared[ordinal];

    public long Integer(int ordinal) => raw.sqlite3_column_int64(_statement, ordinal);

    public double Real(int ordinal) => raw.sqlite3_column_double(_statement, ordinal);

    /// <summary>A text's bytes, UTF-8, or a blob's; valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int ordinal) => raw.sqlite3_column_blob(_statement, ordinal);

    public void Dispose() => _statement.Dispose();

    private static string[] Columns(sqlite3_stmt statement) =>
        [
            .. Enumerable
                .Range(0, raw.sqlite3_column_count(statement))
                .Select(i => raw.sqlite3_column_name(statement, i).utf8_to_string()),
        ];

    private static string?[] DeclaredTypes(sqlite3_stmt statement) =>
        [
            .. Enumerable
                .Range(0, raw.sqlite3_column_count(statement))
                .Select(i => raw.sqlite3_column_decltype(statement, i).utf8_to_string()),
        ];

    private static int Place(ReadOnlySpan<SqlValue> values, string name)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i].Name == name)
            {
                return i;
            }
        }
        throw new InvalidOperationException($"The statement names @{name}; no such value was given.");
    }

    private int Bind(int place, in SqlValue value) =>
        value.IsNull
            ? raw.sqlite3_bind_null(_statement, place)
            : value.Type switch
            {
                DbType.String => Bind(place, value.Text),
                DbType.DateTimeOffset => Bind(place, value.Moment),
                _ => raw.sqlite3_bind_int64(_statement, place, value.Number),
            };

    private int Bind(int place, DateTimeOffset moment)
    {
        Span<byte> text = stackalloc byte[SqlTypes.MomentLength];
        SqlTypes.WriteText(moment, text);
        return raw.sqlite3_bind_text(_statement, place, text);
    }

    private int Bind(int place, object? value) =>
        value switch
        {
            string text => Bind(place, text),
            DateTimeOffset moment => Bind(place, moment),
            DateOnly day => Bind(place, SqlTypes.Text(day)),
            long number => raw.sqlite3_bind_int64(_statement, place, number),
            int number => raw.sqlite3_bind_int64(_statement, place, number),
            bool flag => raw.sqlite3_bind_int64(_statement, place, flag ? 1 : 0),
            DBNull => raw.sqlite3_bind_null(_statement, place),
            double number => raw.sqlite3_bind_double(_statement, place, number),
            byte[] bytes => raw.sqlite3_bind_blob(_statement, place, bytes),
            null => throw new InvalidOperationException($"The value of @{_names[place - 1]} was not set."),
            _ => throw new InvalidOperationException(
                $"@{_names[place - 1]} is a {value.GetType().Name}: SQL is given texts, whole numbers, reals and bytes."
            ),
        };

    private int Bind(int place, string text)
    {
        const int onStack = 768;
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        byte[]? rented = null;
        Span<byte> bytes = most <= onStack ? stackalloc byte[onStack] : rented = ArrayPool<byte>.Shared.Rent(most);
        var length = Encoding.UTF8.GetBytes(text, bytes);
        // The engine copies it.
        var code = raw.sqlite3_bind_text(_statement, place, bytes[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
        return code;
    }
}
