using System.Reflection;
using VoteTracker.Endpoints.Contract;
using VoteTracker.Features.Exports.Tables;

namespace VoteTracker.Features.Exports.Formats;

/// <summary>Whose data a table holds, and so on what terms it may be used.</summary>
internal enum Owner
{
    /// <summary>The campaign that keeps this database.</summary>
    Campaign,

    /// <summary>The United Nations: what the Assembly's record shows.</summary>
    Record,

    /// <summary>Nobody: facts that come with the service.</summary>
    Facts,
}

/// <summary>Says of a row's class that it is a table, what its key is, and whose data it holds.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ExportedAttribute(string name, Owner owner, params string[] key) : Attribute
{
    public string Name => name;

    public Owner Owner => owner;

    /// <summary>The columns that no two rows have alike; the rows are in their order.</summary>
    public IReadOnlyList<string> Key => key;

    /// <summary>The order of the rows, where it is not that of the key.</summary>
    public string? Order { get; init; }
}

/// <summary>
/// A table that is exported, described once: its header, its JSON, the dictionary in `data/README.md` and the metadata
/// of the data package all come from here.
/// </summary>
internal sealed record Table
{
    public required string Name { get; init; }

    /// <summary>What a row is, in a sentence.</summary>
    public required string Description { get; init; }

    public required Owner Owner { get; init; }

    public required IReadOnlyList<string> Key { get; init; }

    /// <summary>The columns that the rows are sorted by.</summary>
    public required string Order { get; init; }

    public required IReadOnlyList<Column> Columns { get; init; }

    /// <summary>Every table there is, in reading order.</summary>
    public static IReadOnlyList<Table> All { get; } =
    [
        FromRow(typeof(StanceExportRow)),
        FromRow(typeof(TallyExportRow)),
        FromRow(typeof(BreakdownExportRow)),
        FromRow(typeof(CoSponsorExportRow)),
        FromRow(typeof(HistoryExportRow)),
        FromRow(typeof(VoteExportRow)),
        FromRow(typeof(MatrixExportRow)),
        FromRow(typeof(ResolutionExportRow)),
        FromRow(typeof(MemberStateExportRow)),
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

/// <summary>A table with the way to read its cells from its typed rows.</summary>
internal sealed record Table<TRow>(Table Described, IReadOnlyList<Func<TRow, Cell>> Cells)
{
    public static Table<TRow> Whole { get; } = Make();

    /// <summary>The same table where it holds only a part, somebody else's data, or rows with another key.</summary>
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

    private static Table<TRow> Make()
    {
        var properties = typeof(TRow).GetProperties().OrderBy(p => p.MetadataToken).ToList();
        var table = Table.FromRow(typeof(TRow));
        var fixedOnes = table.Columns.Zip(properties).Where(c => !c.First.Repeats).ToList();
        return new Table<TRow>(
            table with
            {
                Columns = [.. fixedOnes.Select(c => c.First)],
            },
            [.. fixedOnes.Select(c => CellOf(c.Second))]
        );
    }

    private static Func<TRow, Cell> CellOf(PropertyInfo property)
    {
        var type = property.PropertyType;
        if ((Nullable.GetUnderlyingType(type) ?? type).IsEnum)
        {
            var make = type.IsEnum ? nameof(OfWord) : nameof(OfWordOrNone);
            return (Func<TRow, Cell>)
                typeof(Table<TRow>)
                    .GetMethod(make, BindingFlags.Static | BindingFlags.NonPublic)!
                    .MakeGenericMethod(Nullable.GetUnderlyingType(type) ?? type)
                    .Invoke(null, [property])!;
        }
        // A delegate for each type, so that no value is boxed on its way.
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

    private static Func<TRow, Cell> OfWord<TEnum>(PropertyInfo property)
        where TEnum : struct, Enum => Read<TEnum>(property, v => Cell.From<TEnum>(v));

    private static Func<TRow, Cell> OfWordOrNone<TEnum>(PropertyInfo property)
        where TEnum : struct, Enum => Read<TEnum?>(property, Cell.From);

    private static Func<TRow, Cell> Read<TValue>(PropertyInfo property, Func<TValue, Cell> cell)
    {
        var get = property.GetMethod!.CreateDelegate<Func<TRow, TValue>>();
        return row => cell(get(row));
    }
}
