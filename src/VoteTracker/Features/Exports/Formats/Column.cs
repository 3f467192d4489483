using System.Reflection;
using System.Text.Json;
using VoteTracker.Endpoints.Contract;

namespace VoteTracker.Features.Exports.Formats;

/// <summary>What the cells of a column are.</summary>
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

/// <summary>Says that a column holds keys of another table.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RefersToAttribute(string table) : Attribute
{
    /// <summary>The table, whose key is a column of the same name.</summary>
    public string Table => table;
}

/// <summary>Says that a column holds the codes of somebody else, and which.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CodesAttribute(params string[] codes) : Attribute
{
    public IReadOnlyList<string> Codes => codes;
}

/// <summary>
/// One line of the data dictionary: a property of a row's class, described by the comments that stand there.
/// </summary>
internal sealed record Column
{
    /// <summary>As the header has it: snake_case.</summary>
    public required string Name { get; init; }

    /// <summary>As JSON has it: camelCase.</summary>
    public required string Json { get; init; }

    public required ColumnType Type { get; init; }

    /// <summary>Whether a cell is never empty.</summary>
    public required bool Required { get; init; }

    /// <summary>The words or codes that a cell can have; none where it is free.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    public required string Description { get; init; }

    /// <summary>What a number counts; empty where it is none.</summary>
    public required string Unit { get; init; }

    /// <summary>Where it comes from.</summary>
    public required string Source { get; init; }

    /// <summary>The table whose keys it holds.</summary>
    public required string? RefersTo { get; init; }

    /// <summary>Whether it stands for a column a resolution, each with the resolution's id as its name.</summary>
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
            Type = TypeOf(bare, property.Name),
            Required = !repeats && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.NotNull,
            Words = bare.IsEnum
                ? [.. EnumWordList.ListWords(bare).Select(word => word.GetValue<string>())]
                : property.GetCustomAttribute<CodesAttribute>()?.Codes ?? [],
            Description = XmlComments.Find(property),
            Unit = XmlComments.Find(property, "unit"),
            Source = XmlComments.Find(property, "source"),
            RefersTo = property.GetCustomAttribute<RefersToAttribute>()?.Table,
            Repeats = repeats,
        };
    }

    private static ColumnType TypeOf(Type type, string name) =>
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

/// <summary>The types by the names that the dictionary has for them.</summary>
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
