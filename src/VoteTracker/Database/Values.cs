using System.Data;
using System.Globalization;
using Dapper;

namespace VoteTracker.Database;

/// <summary>
/// How days and moments travel: as they are where the engine has types for them, else as text of fixed width. Enums
/// never come here: the SQL is given words.
/// </summary>
internal static class Values
{
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

    /// <summary>The clock, cut to what every engine keeps: microseconds.</summary>
    public static DateTimeOffset Moment(this TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    /// <summary>A moment as text that sorts.</summary>
    public static string Text(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString(MomentFormat, CultureInfo.InvariantCulture);

    /// <summary>A moment of that text.</summary>
    public static DateTimeOffset Moment(string text) =>
        DateTimeOffset.ParseExact(
            text,
            MomentFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        );

    /// <summary>A day of that text.</summary>
    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture);

    /// <summary>A day as text that sorts.</summary>
    public static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private sealed class Moments : SqlMapper.ITypeHandler
    {
        // A null has a type too: a statement may ask of a value only whether it is there.
        public void SetValue(IDbDataParameter parameter, object value)
        {
            parameter.DbType = parameter is PreparedParameter ? DbType.DateTimeOffset : DbType.String;
            parameter.Value =
                value is DateTimeOffset moment && parameter is not PreparedParameter ? Text(moment) : value;
        }

        public object? Parse(Type destinationType, object value) =>
            value switch
            {
                DateTime moment => new DateTimeOffset(moment, TimeSpan.Zero),
                DateTimeOffset moment => moment,
                _ => Moment((string)value),
            };
    }

    private sealed class Days : SqlMapper.ITypeHandler
    {
        public void SetValue(IDbDataParameter parameter, object value)
        {
            parameter.DbType = parameter is PreparedParameter ? DbType.Date : DbType.String;
            parameter.Value = value is DateOnly day && parameter is not PreparedParameter ? Text(day) : value;
        }

        public object? Parse(Type destinationType, object value) =>
            value switch
            {
                DateOnly day => day,
                DateTime day => DateOnly.FromDateTime(day),
                _ => Day((string)value),
            };
    }

    private sealed class Numbers<T>(DbType type, Func<object, T> convert) : SqlMapper.ITypeHandler
        where T : struct
    {
        public void SetValue(IDbDataParameter parameter, object value) =>
            (parameter.DbType, parameter.Value) = (type, value);

        public object? Parse(Type destinationType, object value) => value is T typed ? typed : convert(value);
    }
}
