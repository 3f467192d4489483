using System.Collections;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace VoteTracker.Database;

/// <summary>A parameter of a statement.</summary>
internal sealed class PreparedParameter : DbParameter
{
    private string _name = "";

    public override DbType DbType { get; set; } = DbType.String;

    public override ParameterDirection Direction { get; set; } = ParameterDirection.Input;

    public override bool IsNullable { get; set; }

    /// <summary>The name without the sign that it has in SQL.</summary>
    [AllowNull]
    public override string ParameterName
    {
        get => _name;
        set => _name = value is null ? "" : value.TrimStart('@');
    }

    public override int Size { get; set; }

    [AllowNull]
    public override string SourceColumn { get; set; } = "";

    public override bool SourceColumnNullMapping { get; set; }

    public override object? Value { get; set; }

    public override void ResetDbType() => DbType = DbType.String;
}

/// <summary>The parameters of a statement. They are few, so a lookup is a linear search.</summary>
internal sealed class PreparedParameters : DbParameterCollection
{
    private readonly List<PreparedParameter> _items = [];

    public override int Count => _items.Count;

    public override object SyncRoot => _items;

    public new PreparedParameter this[int index] => _items[index];

    /// <summary>Whether the parameter at this index has this name.</summary>
    public bool HasName(int index, string name) =>
        index < _items.Count && string.Equals(_items[index].ParameterName, name, StringComparison.Ordinal);

    /// <summary>The index of a parameter that must exist.</summary>
    public int IndexOfRequired(string name) =>
        IndexOf(name) is >= 0 and var index
            ? index
            : throw new InvalidOperationException($"The statement uses @{name}, but no such parameter was given.");

    public override int Add(object value)
    {
        _items.Add((PreparedParameter)value);
        return _items.Count - 1;
    }

    public override void AddRange(Array values) => _items.AddRange(values.Cast<PreparedParameter>());

    public override void Clear() => _items.Clear();

    public override bool Contains(object value) => IndexOf(value) >= 0;

    public override bool Contains(string value) => IndexOf(value) >= 0;

    public override void CopyTo(Array array, int index) => ((ICollection)_items).CopyTo(array, index);

    public override IEnumerator GetEnumerator() => _items.GetEnumerator();

    public override int IndexOf(object value) => _items.IndexOf((PreparedParameter)value);

    public override int IndexOf(string parameterName)
    {
        for (var i = 0; i < _items.Count; i++)
        {
            if (HasName(i, parameterName))
            {
                return i;
            }
        }
        return -1;
    }

    public override void Insert(int index, object value) => _items.Insert(index, (PreparedParameter)value);

    public override void Remove(object value) => _items.Remove((PreparedParameter)value);

    public override void RemoveAt(int index) => _items.RemoveAt(index);

    public override void RemoveAt(string parameterName) => _items.RemoveAt(IndexOfRequired(parameterName));

    protected override DbParameter GetParameter(int index) => _items[index];

    protected override DbParameter GetParameter(string parameterName) => _items[IndexOfRequired(parameterName)];

    protected override void SetParameter(int index, DbParameter value) => _items[index] = (PreparedParameter)value;

    protected override void SetParameter(string parameterName, DbParameter value) =>
        _items[IndexOfRequired(parameterName)] = (PreparedParameter)value;
}
