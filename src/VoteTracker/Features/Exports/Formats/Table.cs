using System.Reflection;
using VoteTracker.Endpoints.Contract;
using VoteTracker.Localization;

namespace VoteTracker.Features.Exports.Formats;

/// <summary>The owner of a table's data, which decides the terms of use.</summary>
internal enum Owner
{
    /// <summary>The campaign that runs this service.</summary>
    Campaign,

    /// <summary>The United Nations: the Assembly's record.</summary>
    Record,

    /// <summary>No one: facts that the service ships with.</summary>
    Facts,
}

/// <summary>Declares that a class is the row of a table, with the table's name, owner and key.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ExportedAttribute(string name, Owner owner, params string[] key) : Attribute
{
    public string Name => name;

    public Owner Owner => owner;

    /// <summary>The columns that identify a row; the rows are sorted by them.</summary>
    public IReadOnlyList<string> Key => key;

    /// <summary>The order of the rows, if it is not that of the key.</summary>
    public string? Order { get; init; }
}

/// <summary>
/// The description of an exported table. Its header, its JSON, the dictionary in `data/README.md` and the metadata of data
/// packages are generated from it.
/// </summary>
internal sealed record Table
{
    public required string Name { get; init; }

    /// <summary>What a row is.</summary>
    public required string Description { get; init; }

    public required Owner Owner { get; init; }

    public required IReadOnlyList<string> Key { get; init; }

    /// <summary>The columns that the rows are sorted by.</summary>
    public required string Order { get; init; }

    public required IReadOnlyList<Column> Columns { get; init; }

    /// <summary>Every table, by name: each class with <see cref="ExportedAttribute"/> is a row of one.</summary>
    public static IReadOnlyList<Table> All { get; } =
    [
        .. typeof(Table)
            .Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(ExportedAttribute)))
            .Select(FromRow)
            .OrderBy(table => table.Name, StringComparer.Ordinal),
    ];

    public static Table FromRow(Type row)
    {
        var exported = row.GetCustomAttribute<ExportedAttribute>()!;
        return new Table
        {
            Name = exported.Name,
            Description = XmlComments.Find(row),
            Owner = exported.Owner,
            Key = exported.Key,
            Order = exported.Order ?? string.Join(", ", exported.Key),
            Columns = [.. row.GetProperties().OrderBy(p => p.MetadataToken).Select(Column.FromProperty)],
        };
    }
}

/// <summary>A table with the functions that read its cells from a typed row.</summary>
internal sealed record Table<TRow>(Table Described, IReadOnlyList<Func<TRow, Cell>> Cells)
{
    /// <summary>The table with all columns of its row, except those that repeat.</summary>
    public static Table<TRow> Whole { get; } = Create();

    /// <summary>Whether the caller selected the columns.</summary>
    public bool IsSelection { get; private init; }

    /// <summary>The same table under another name, or with another order, owner or key.</summary>
    public Table<TRow> As(string name, string? order = null, Owner? owner = null, IReadOnlyList<string>? key = null) =>
        this with
        {
            Described = Described with
            {
                Name = name,
                Order = order ?? Described.Order,
                Owner = owner ?? Described.Owner,
                Key = key ?? Described.Key,
            },
        };

    /// <summary>The same table with only these columns, in this order.</summary>
    public Table<TRow> Select(IReadOnlyList<string> columns)
    {
        var places = Described.Columns.Index().ToDictionary(c => c.Item.Name, c => c.Index, StringComparer.Ordinal);
        return new Table<TRow>(
            Described with
            {
                Columns = [.. columns.Select(name => Described.Columns[places[name]] with { IsFolded = false })],
            },
            [.. columns.Select(name => Cells[places[name]])]
        )
        {
            IsSelection = true,
        };
    }

    /// <summary>The same table with these columns folded too, because all rows have the same value.</summary>
    public Table<TRow> Fold(params IReadOnlyList<string> names) =>
        this with
        {
            Described = Described with
            {
                Columns =
                [
                    .. Described.Columns.Select(c => c with { IsFolded = c.IsFolded || names.Contains(c.Name) }),
                ],
            },
        };

    /// <summary>The table with the short names of the states in a language, after their codes.</summary>
    public Table<TRow> WithNames(Language language)
    {
        var place = Described.Columns.ToList().FindIndex(column => column.Name == "iso3");
        if (place < 0 || Described.Columns.Any(column => column.Name == "name"))
        {
            return this;
        }
        var code = Cells[place];
        var name = new Column
        {
            Name = "name",
            Json = "name",
            Type = ColumnType.Text,
            Required = true,
            Words = [],
            Description = "The short name of the state, in the language of the spreadsheet.",
            Unit = "",
            Source = "VoteTracker",
            RefersTo = null,
            Repeats = false,
        };
        return this with
        {
            Described = Described with { Columns = Inserted(Described.Columns, place + 1, name) },
            Cells = Inserted(Cells, place + 1, row => Cell.From(language.State(code(row).Text!))),
        };
    }

    private static IReadOnlyList<T> Inserted<T>(IReadOnlyList<T> items, int place, T item) =>
        [.. items.Take(place), item, .. items.Skip(place)];

    private static Table<TRow> Create()
    {
        var properties = typeof(TRow).GetProperties().OrderBy(p => p.MetadataToken).ToList();
        var table = Table.FromRow(typeof(TRow));
        var columns = table.Columns.Zip(properties).Where(c => !c.First.Repeats).ToList();
        return new Table<TRow>(
            table with
            {
                Columns = [.. columns.Select(c => c.First)],
            },
            [.. columns.Select(c => CreateCell(c.Second))]
        );
    }

    private static Func<TRow, Cell> CreateCell(PropertyInfo property)
    {
        var type = property.PropertyType;
        if ((Nullable.GetUnderlyingType(type) ?? type).IsEnum)
        {
            var method = type.IsEnum ? nameof(ReadWord) : nameof(ReadWordOrNull);
            return (Func<TRow, Cell>)
                typeof(Table<TRow>)
                    .GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!
                    .MakeGenericMethod(Nullable.GetUnderlyingType(type) ?? type)
                    .Invoke(null, [property])!;
        }
        // A delegate for each type, so that no value is boxed.
        return type == typeof(string) ? Read<string?>(property, Cell.From)
            : type == typeof(int) ? Read<int>(property, v => Cell.From(v))
            : type == typeof(int?) ? Read<int?>(property, v => Cell.From(v))
            : type == typeof(long) ? Read<long>(property, v => Cell.From(v))
            : type == typeof(long?) ? Read<long?>(property, Cell.From)
            : type == typeof(decimal?) ? Read<decimal?>(property, Cell.From)
            : type == typeof(bool) ? Read<bool>(property, v => Cell.From(v))
            : type == typeof(bool?) ? Read<bool?>(property, Cell.From)
            : type == typeof(DateOnly) ? Read<DateOnly>(property, v => Cell.From(v))
            : type == typeof(DateOnly?) ? Read<DateOnly?>(property, Cell.From)
            : type == typeof(DateTimeOffset) ? Read<DateTimeOffset>(property, v => Cell.From(v))
            : type == typeof(DateTimeOffset?) ? Read<DateTimeOffset?>(property, Cell.From)
            : throw new NotSupportedException($"{property}: a cell cannot hold it.");
    }

    private static Func<TRow, Cell> ReadWord<TEnum>(PropertyInfo property)
        where TEnum : struct, Enum => Read<TEnum>(property, v => Cell.From<TEnum>(v));

    private static Func<TRow, Cell> ReadWordOrNull<TEnum>(PropertyInfo property)
        where TEnum : struct, Enum => Read<TEnum?>(property, Cell.From);

    private static Func<TRow, Cell> Read<TValue>(PropertyInfo property, Func<TValue, Cell> cell)
    {
        var get = property.GetMethod!.CreateDelegate<Func<TRow, TValue>>();
        return row => cell(get(row));
    }
}
