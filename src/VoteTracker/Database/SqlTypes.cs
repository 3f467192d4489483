using System.Data;
using System.Data.Common;
using System.Globalization;
using Dapper;

namespace VoteTracker.Database;

/// <summary>
/// Converts days and moments: unchanged if the engine has types for them, otherwise to text of fixed width. Enums are
/// converted to words before they reach SQL.
/// </summary>
internal static class SqlTypes
{
    /// <summary>The number of characters of a moment as text.</summary>
    public const int MomentLength = 27;

    private const string MomentFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static void Register()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.RemoveTypeMap(typeof(DateOnly));
        SqlMapper.RemoveTypeMap(typeof(DateOnly?));
        SqlMapper.AddTypeHandler(typeof(DateTimeOffset), new Moments());
        SqlMapper.AddTypeHandler(typeof(DateOnly), new Days());
        Read(DbType.Boolean, value => Convert.ToBoolean(value, CultureInfo.InvariantCulture));
        Read(DbType.Int32, value => Convert.ToInt32(value, CultureInfo.InvariantCulture));
        Read(DbType.Int64, value => Convert.ToInt64(value, CultureInfo.InvariantCulture));
        Read(DbType.Double, value => Convert.ToDouble(value, CultureInfo.InvariantCulture));
    }

    // SQLite has no type for a computed column, only for the value in a row. Without a handler, Dapper compiles the
    // conversion for the first row: if that is NULL, the first number after it fails.
    private static void Read<T>(DbType type, Func<object, T> convert)
        where T : struct
    {
        SqlMapper.RemoveTypeMap(typeof(T));
        SqlMapper.RemoveTypeMap(typeof(T?));
        SqlMapper.AddTypeHandler(typeof(T), new Numbers<T>(type, convert));
    }

    /// <summary>The current moment, truncated to microseconds, which every engine can store.</summary>
    public static DateTimeOffset Moment(this TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    /// <summary>Sets the type and the value of a parameter. A moment is text for an engine without a type for it.</summary>
    public static void Bind(DbParameter parameter, in SqlValue value) =>
        (parameter.DbType, parameter.Value) =
            value is { IsNull: false, Type: DbType.DateTimeOffset } && parameter is not PreparedParameter
                ? (DbType.String, Text(value.Moment))
                : (value.Type, value.ToObject());

    /// <summary>A moment as sortable text.</summary>
    public static string Text(DateTimeOffset moment) =>
        string.Create(MomentLength, moment, static (text, moment) => Write(moment, text));

    /// <summary>A moment as sortable text in UTF-8.</summary>
    public static void WriteText(DateTimeOffset moment, Span<byte> text)
    {
        Span<byte> round = stackalloc byte[MomentLength + 1];
        moment.UtcDateTime.TryFormat(round, out _, "O", CultureInfo.InvariantCulture);
        round[..(MomentLength - 1)].CopyTo(text);
        text[MomentLength - 1] = (byte)'Z';
    }

    // The round-trip format without its seventh decimal, because the framework writes it much faster than a custom format.
    private static void Write(DateTimeOffset moment, Span<char> text)
    {
        Span<char> round = stackalloc char[MomentLength + 1];
        moment.UtcDateTime.TryFormat(round, out _, "O", CultureInfo.InvariantCulture);
        round[..(MomentLength - 1)].CopyTo(text);
        text[MomentLength - 1] = 'Z';
    }

    /// <summary>Parses a moment.</summary>
    public static DateTimeOffset Moment(string text) =>
        DateTimeOffset.ParseExact(
            text,
            MomentFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        );

    /// <summary>Parses a day.</summary>
    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture);

    /// <summary>A day as sortable text.</summary>
    public static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Converts a moment from the value of an engine.</summary>
    public static DateTimeOffset ToMoment(object value) =>
        value switch
        {
            DateTime moment => new DateTimeOffset(moment, TimeSpan.Zero),
            DateTimeOffset moment => moment,
            _ => Moment((string)value),
        };

    /// <summary>Converts a day from the value of an engine.</summary>
    public static DateOnly ToDay(object value) =>
        value switch
        {
            DateOnly day => day,
            DateTime day => DateOnly.FromDateTime(day),
            _ => Day((string)value),
        };

    private sealed class Moments : SqlMapper.ITypeHandler
    {
        // A null needs a type too, because a statement may only test whether a value is null.
        public void SetValue(IDbDataParameter parameter, object value)
        {
            parameter.DbType = parameter is PreparedParameter ? DbType.DateTimeOffset : DbType.String;
            parameter.Value =
                value is DateTimeOffset moment && parameter is not PreparedParameter ? Text(moment) : value;
        }

        public object? Parse(Type destinationType, object value) => ToMoment(value);
    }

    private sealed class Days : SqlMapper.ITypeHandler
    {
        public void SetValue(IDbDataParameter parameter, object value)
        {
            parameter.DbType = parameter is PreparedParameter ? DbType.Date : DbType.String;
            parameter.Value = value is DateOnly day && parameter is not PreparedParameter ? Text(day) : value;
        }

        public object? Parse(Type destinationType, object value) => ToDay(value);
    }

    private sealed class Numbers<T>(DbType type, Func<object, T> convert) : SqlMapper.ITypeHandler
        where T : struct
    {
        public void SetValue(IDbDataParameter parameter, object value) =>
            (parameter.DbType, parameter.Value) = (type, value);

        public object? Parse(Type destinationType, object value) => value is T typed ? typed : convert(value);
    }
}
