using System.Reflection;
using System.Text.Json;
using VoteTracker.Endpoints.Contract;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports.Formats;

/// <summary>The type of a column's cells.</summary>
internal enum ColumnType
{
    /// <summary>Text, or one of the words that the column lists.</summary>
    Text,

    /// <summary>A web address.</summary>
    Address,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number with decimals.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A day, YYYY-MM-DD.</summary>
    Date,

    /// <summary>A moment, UTC.</summary>
    Datetime,
}

/// <summary>Declares that a column holds keys of another table.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RefersToAttribute(string table) : Attribute
{
    /// <summary>The table, whose key is a column of the same name.</summary>
    public string Table => table;
}

/// <summary>Declares the codes of a column that another organization defines.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CodesAttribute(params string[] codes) : Attribute
{
    public IReadOnlyList<string> Codes => codes;
}

/// <summary>
/// Declares that programs need a column more than people do, such as a code beside a name. A spreadsheet folds it, so it is
/// neither shown nor printed until a reader unfolds it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FoldedAttribute : Attribute;

/// <summary>
/// One line of the data dictionary: a property of a row's class, described by its XML comments.
/// </summary>
internal sealed record Column
{
    /// <summary>The name in the header: snake_case.</summary>
    public required string Name { get; init; }

    /// <summary>The name in JSON: camelCase.</summary>
    public required string Json { get; init; }

    /// <summary>The JSON property that holds this one, if the column is a part of an object; else null.</summary>
    public string? JsonParent { get; init; }

    public required ColumnType Type { get; init; }

    /// <summary>Whether a cell is never empty.</summary>
    public required bool Required { get; init; }

    /// <summary>The words or codes that a cell can have; empty if any value is possible.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    public required string Description { get; init; }

    /// <summary>The unit of a number; empty for other types.</summary>
    public required string Unit { get; init; }

    /// <summary>The source of the values.</summary>
    public required string Source { get; init; }

    /// <summary>The table whose keys it holds.</summary>
    public required string? RefersTo { get; init; }

    /// <summary>Whether a spreadsheet folds it.</summary>
    public bool IsFolded { get; init; }

    /// <summary>Whether it holds positions or votes, which a spreadsheet colours.</summary>
    public bool IsPosition { get; init; }

    /// <summary>Whether it represents a column for each resolution, with the resolution's id as its name.</summary>
    public required bool Repeats { get; init; }

    public static Column FromProperty(PropertyInfo property)
    {
        var repeats = property.PropertyType.IsGenericType && property.PropertyType.GetGenericArguments().Length == 2;
        var type = repeats ? property.PropertyType.GetGenericArguments()[1] : property.PropertyType;
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        return new Column
        {
            Name = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name),
            Json = JsonNamingPolicy.CamelCase.ConvertName(property.Name),
            Type = TypeFrom(bare, property.Name),
            Required = !repeats && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.NotNull,
            Words = bare.IsEnum
                ? [.. EnumWordList.ListWords(bare).Select(word => word.GetValue<string>())]
                : property.GetCustomAttribute<CodesAttribute>()?.Codes ?? [],
            Description = XmlComments.Find(property),
            Unit = XmlComments.Find(property, "unit"),
            Source = XmlComments.Find(property, "source"),
            RefersTo = property.GetCustomAttribute<RefersToAttribute>()?.Table,
            Repeats = repeats,
            IsFolded = property.IsDefined(typeof(FoldedAttribute)),
            IsPosition = bare == typeof(Position) || bare == typeof(Vote),
        };
    }

    private static ColumnType TypeFrom(Type type, string name) =>
        type.IsEnum ? ColumnType.Text
        : type == typeof(string)
            ? name.EndsWith("Url", StringComparison.Ordinal) ? ColumnType.Address
                : ColumnType.Text
        : type == typeof(int) || type == typeof(long) ? ColumnType.Integer
        : type == typeof(decimal) ? ColumnType.Number
        : type == typeof(bool) ? ColumnType.Boolean
        : type == typeof(DateOnly) ? ColumnType.Date
        : type == typeof(DateTimeOffset) ? ColumnType.Datetime
        : throw new NotSupportedException($"{name}: a column cannot hold {type}.");
}

/// <summary>The names of the types in the dictionary.</summary>
internal static class ColumnTypes
{
    public static string Name(this ColumnType type) =>
        type switch
        {
            ColumnType.Text => "text",
            ColumnType.Address => "web address",
            ColumnType.Integer => "whole number",
            ColumnType.Number => "number",
            ColumnType.Boolean => "true/false",
            ColumnType.Date => "day",
            _ => "moment",
        };
}
