using System.Globalization;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports.Formats;

/// <summary>The kind of a cell's value.</summary>
internal enum CellKind : byte
{
    /// <summary>No value: not known, or none.</summary>
    Empty,

    /// <summary>Free text of a user, or a key or name from the reference data.</summary>
    Text,

    /// <summary>A word of an enum: letters and hyphens.</summary>
    Word,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A number with decimals.</summary>
    Decimal,

    /// <summary>A day.</summary>
    Day,

    /// <summary>A moment.</summary>
    Moment,

    /// <summary>True or false.</summary>
    Truth,
}

/// <summary>One value of a row, of any type, without boxing.</summary>
internal readonly record struct Cell
{
    private Cell(CellKind kind, string? text, long number) => (Kind, Text, Number) = (kind, text, number);

    public CellKind Kind { get; }

    /// <summary>The text, the word, or the formatted number with decimals.</summary>
    public string? Text { get; }

    /// <summary>The whole number, the number of the day, or the ticks of the moment.</summary>
    public long Number { get; }

    public DateOnly Day => DateOnly.FromDayNumber((int)Number);

    public DateTimeOffset Moment => new(Number, TimeSpan.Zero);

    public static Cell From(string? text) => text is null ? default : new Cell(CellKind.Text, text, 0);

    public static Cell From<TEnum>(TEnum? word)
        where TEnum : struct, Enum =>
        word is { } value ? new Cell(CellKind.Word, EnumWord<TEnum>.ToWord(value), 0) : default;

    public static Cell From(long? number) => number is { } value ? new Cell(CellKind.Number, null, value) : default;

    public static Cell From(decimal? share) =>
        share is { } value
            ? new Cell(CellKind.Decimal, value.ToString("0.0000", CultureInfo.InvariantCulture), 0)
            : default;

    public static Cell From(DateOnly? day) =>
        day is { } value ? new Cell(CellKind.Day, null, value.DayNumber) : default;

    public static Cell From(DateTimeOffset? moment) =>
        moment is { } value ? new Cell(CellKind.Moment, null, value.UtcTicks) : default;

    public static Cell From(bool? truth) =>
        truth is { } value ? new Cell(CellKind.Truth, value ? "true" : "false", value ? 1 : 0) : default;
}
