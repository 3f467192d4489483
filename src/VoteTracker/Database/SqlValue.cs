using System.Data;

namespace VoteTracker.Database;

/// <summary>A named value for a statement of <see cref="DirectSql"/>: a string, an integer, a boolean or a moment.</summary>
internal readonly struct SqlValue
{
    private readonly string? _text;
    private readonly long _number;

    private SqlValue(string name, DbType type, bool isNull, string? text, long number) =>
        (Name, Type, IsNull, _text, _number) = (name, type, isNull, text, number);

    public SqlValue(string name, string? text)
        : this(name, DbType.String, text is null, text, 0) { }

    public SqlValue(string name, long? number)
        : this(name, DbType.Int64, number is null, null, number ?? 0) { }

    public SqlValue(string name, bool flag)
        : this(name, DbType.Boolean, isNull: false, null, flag ? 1 : 0) { }

    public SqlValue(string name, DateTimeOffset moment)
        : this(name, DbType.DateTimeOffset, isNull: false, null, moment.UtcTicks) { }

    /// <summary>The name without the sign that it has in SQL.</summary>
    public string Name { get; }

    /// <summary>The type, also of a null.</summary>
    public DbType Type { get; }

    public bool IsNull { get; }

    public string Text => _text!;

    public DateTimeOffset Moment => new(_number, TimeSpan.Zero);

    /// <summary>The integer, or a boolean as 1 or 0.</summary>
    public long Number => _number;

    /// <summary>The value as an object, for a parameter.</summary>
    public object ToObject() =>
        Type switch
        {
            _ when IsNull => DBNull.Value,
            DbType.String => Text,
            DbType.Int64 => _number,
            DbType.Boolean => _number != 0,
            _ => Moment,
        };
}
