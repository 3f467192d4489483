using System.Buffers;
using System.Data;
using System.Data.Common;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace VoteTracker.Database.Sqlite;

/// <summary>
/// A prepared statement of a connection. Parameters are bound by position, and columns are read without copying.
/// Over 200 lines because binding and reading share the handle.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;

    // The parameter names, and the index of each among the last caller's values, which is nearly always the same.
    private readonly string[] _names;
    private readonly int[] _indexes;
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
        _indexes = new int[_names.Length];
        (_columns, _declared) = (Columns(statement), DeclaredTypes(statement));
        ReadOnly = raw.sqlite3_stmt_readonly(statement) != 0;
    }

    public string Sql { get; }

    /// <summary>Whether it does not write.</summary>
    public bool ReadOnly { get; }

    public int ColumnCount => _columns.Length;

    /// <summary>The number of rows that the last change of the connection affected.</summary>
    public int Changes => raw.sqlite3_changes(_connection);

    /// <summary>Prepares a statement; null if the SQL has several.</summary>
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

    /// <summary>Binds the parameters.</summary>
    public void Bind(PreparedParameters values)
    {
        for (var i = 0; i < _names.Length; i++)
        {
            if (!values.HasName(_indexes[i], _names[i]))
            {
                _indexes[i] = values.IndexOfRequired(_names[i]);
            }
            var code = Bind(i + 1, values[_indexes[i]].Value);
            SqliteException.ThrowExceptionForRC(code, _connection);
        }
    }

    /// <summary>Binds the parameters.</summary>
    public void Bind(ReadOnlySpan<SqlValue> values)
    {
        for (var i = 0; i < _names.Length; i++)
        {
            if (_indexes[i] >= values.Length || values[_indexes[i]].Name != _names[i])
            {
                _indexes[i] = IndexOf(values, _names[i]);
            }
            var code = Bind(i + 1, values[_indexes[i]]);
            SqliteException.ThrowExceptionForRC(code, _connection);
        }
    }

    /// <summary>Goes to the next row. False if there is none.</summary>
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

    /// <summary>Reads the columns again, because the schema may have changed.</summary>
    public void Refresh()
    {
        if (raw.sqlite3_column_count(_statement) != _columns.Length)
        {
            (_columns, _declared) = (Columns(_statement), DeclaredTypes(_statement));
        }
    }

    /// <summary>Resets the statement. It then holds no lock and no values.</summary>
    public void Reset()
    {
        // The step has already reported a failure, which this only repeats.
        _ = raw.sqlite3_reset(_statement);
        _ = raw.sqlite3_clear_bindings(_statement);
    }

    public int TypeOf(int ordinal) => raw.sqlite3_column_type(_statement, ordinal);

    /// <summary>The declared type of a column; null for a computed one.</summary>
    public string? Declared(int ordinal) => _declared[ordinal];

    public long Integer(int ordinal) => raw.sqlite3_column_int64(_statement, ordinal);

    public double Real(int ordinal) => raw.sqlite3_column_double(_statement, ordinal);

    /// <summary>The bytes of a UTF-8 text or a blob; valid until the next step.</summary>
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

    private static int IndexOf(ReadOnlySpan<SqlValue> values, string name)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i].Name == name)
            {
                return i;
            }
        }
        throw new InvalidOperationException($"The statement uses @{name}, but no such value was given.");
    }

    private int Bind(int position, in SqlValue value) =>
        value.IsNull
            ? raw.sqlite3_bind_null(_statement, position)
            : value.Type switch
            {
                DbType.String => Bind(position, value.Text),
                DbType.DateTimeOffset => Bind(position, value.Moment),
                _ => raw.sqlite3_bind_int64(_statement, position, value.Number),
            };

    private int Bind(int position, DateTimeOffset moment)
    {
        Span<byte> text = stackalloc byte[SqlTypes.MomentLength];
        SqlTypes.WriteText(moment, text);
        return raw.sqlite3_bind_text(_statement, position, text);
    }

    private int Bind(int position, object? value) =>
        value switch
        {
            string text => Bind(position, text),
            DateTimeOffset moment => Bind(position, moment),
            DateOnly day => Bind(position, SqlTypes.Text(day)),
            long number => raw.sqlite3_bind_int64(_statement, position, number),
            int number => raw.sqlite3_bind_int64(_statement, position, number),
            bool flag => raw.sqlite3_bind_int64(_statement, position, flag ? 1 : 0),
            DBNull => raw.sqlite3_bind_null(_statement, position),
            double number => raw.sqlite3_bind_double(_statement, position, number),
            byte[] bytes => raw.sqlite3_bind_blob(_statement, position, bytes),
            null => throw new InvalidOperationException($"The value of @{_names[position - 1]} is not set."),
            _ => throw new InvalidOperationException(
                $"@{_names[position - 1]} is a {value.GetType().Name}. Supported are strings, integers, reals and bytes."
            ),
        };

    private int Bind(int position, string text)
    {
        const int onStack = 768;
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        byte[]? rented = null;
        Span<byte> bytes = most <= onStack ? stackalloc byte[onStack] : rented = ArrayPool<byte>.Shared.Rent(most);
        var length = Encoding.UTF8.GetBytes(text, bytes);
        // SQLite copies the bytes.
        var code = raw.sqlite3_bind_text(_statement, position, bytes[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
        return code;
    }
}
