using System.Collections;
using System.Data.Common;
using System.Globalization;
using System.Text;
using SQLitePCL;

namespace VoteTracker.Database.Sqlite;

/// <summary>The rows of a statement, read without copying.</summary>
internal sealed class PreparedReader : DbDataReader
{
    private readonly PreparedConnection _connection;
    private readonly Statement _statement;
    private bool _onRow;
    private bool _first;
    private bool _closed;

    /// <summary>Reads the first row, so that a statement that fails does so here.</summary>
    public PreparedReader(PreparedConnection connection, Statement statement)
    {
        (_connection, _statement) = (connection, statement);
        try
        {
            _first = _onRow = HasRows = statement.Step();
            statement.Refresh();
        }
        catch
        {
            Close();
            throw;
        }
    }

    public override int Depth => 0;

    public override int FieldCount => _statement.ColumnCount;

    public override bool HasRows { get; }

    public override bool IsClosed => _closed;

    public override int RecordsAffected => _statement.ReadOnly ? -1 : _statement.Changes;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read()
    {
        if (_first)
        {
            _first = false;
            return true;
        }
        return _onRow = _onRow && _statement.Step();
    }

    public override bool NextResult() => false;

    public override void Close()
    {
        if (!_closed)
        {
            _closed = true;
            _onRow = false;
            _connection.Return(_statement);
        }
    }

    public override string GetName(int ordinal) => _statement.Column(ordinal);

    public override int GetOrdinal(string name)
    {
        for (var i = 0; i < FieldCount; i++)
        {
            if (string.Equals(GetName(i), name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }
        throw new ArgumentOutOfRangeException(nameof(name), name, "The column does not exist.");
    }

    public override string GetDataTypeName(int ordinal) => _statement.Declared(ordinal) ?? "";

    /// <summary>The declared type; for a computed column, the type of the value in this row.</summary>
    public override Type GetFieldType(int ordinal) =>
        _statement.Declared(ordinal) switch
        {
            "TEXT" => typeof(string),
            "INTEGER" or "INT" => typeof(long),
            "REAL" => typeof(double),
            "BLOB" => typeof(byte[]),
            _ => (_onRow ? _statement.TypeOf(ordinal) : raw.SQLITE_NULL) switch
            {
                raw.SQLITE_INTEGER => typeof(long),
                raw.SQLITE_FLOAT => typeof(double),
                raw.SQLITE_TEXT => typeof(string),
                raw.SQLITE_BLOB => typeof(byte[]),
                _ => typeof(object),
            },
        };

    public override object GetValue(int ordinal) =>
        _statement.TypeOf(ordinal) switch
        {
            raw.SQLITE_INTEGER => _statement.Integer(ordinal),
            raw.SQLITE_FLOAT => _statement.Real(ordinal),
            raw.SQLITE_TEXT => GetString(ordinal),
            raw.SQLITE_BLOB => _statement.Bytes(ordinal).ToArray(),
            _ => DBNull.Value,
        };

    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++)
        {
            values[i] = GetValue(i);
        }
        return count;
    }

    public override bool IsDBNull(int ordinal) => _statement.TypeOf(ordinal) == raw.SQLITE_NULL;

    public override string GetString(int ordinal) => Encoding.UTF8.GetString(Utf8(ordinal));

    /// <summary>A text as UTF-8; valid until the next row.</summary>
    public ReadOnlySpan<byte> Utf8(int ordinal) =>
        IsDBNull(ordinal) ? throw new InvalidCastException($"{GetName(ordinal)} is null.") : _statement.Bytes(ordinal);

    public override bool GetBoolean(int ordinal) => GetInt64(ordinal) != 0;

    public override byte GetByte(int ordinal) => checked((byte)GetInt64(ordinal));

    public override short GetInt16(int ordinal) => checked((short)GetInt64(ordinal));

    public override int GetInt32(int ordinal) => checked((int)GetInt64(ordinal));

    public override long GetInt64(int ordinal) =>
        IsDBNull(ordinal)
            ? throw new InvalidCastException($"{GetName(ordinal)} is null.")
            : _statement.Integer(ordinal);

    public override double GetDouble(int ordinal) => _statement.Real(ordinal);

    public override float GetFloat(int ordinal) => (float)GetDouble(ordinal);

    public override decimal GetDecimal(int ordinal) => (decimal)GetDouble(ordinal);

    public override char GetChar(int ordinal) => GetString(ordinal)[0];

    public override Guid GetGuid(int ordinal) => Guid.Parse(GetString(ordinal));

    public override DateTime GetDateTime(int ordinal) =>
        DateTime.Parse(GetString(ordinal), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        throw new NotSupportedException("Bytes are only read as a whole.");

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        throw new NotSupportedException("Texts are only read as a whole.");

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }
        base.Dispose(disposing);
    }
}
