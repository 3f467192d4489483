using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace VoteTracker.Database.Sqlite;

/// <summary>A statement: its SQL, which can change until it runs, and its parameters.</summary>
internal sealed class PreparedCommand(PreparedConnection connection) : DbCommand
{
    private readonly PreparedParameters _parameters = new();
    private PreparedReader? _open;

    [AllowNull]
    public override string CommandText { get; set; } = "";

    /// <summary>Not used: the connection sets how long SQLite waits for a lock.</summary>
    public override int CommandTimeout { get; set; }

    public override CommandType CommandType
    {
        get => CommandType.Text;
        set
        {
            if (value != CommandType.Text)
            {
                throw new NotSupportedException("Only SQL text is supported.");
            }
        }
    }

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection
    {
        get => connection;
        set
        {
            if (!ReferenceEquals(value, connection))
            {
                throw new NotSupportedException("The connection of a command cannot be changed.");
            }
        }
    }

    protected override DbParameterCollection DbParameterCollection => _parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel() { }

    public override void Prepare() { }

    public override int ExecuteNonQuery()
    {
        if (Run() is not { } statement)
        {
            connection.RunScript(CommandText);
            return -1;
        }
        try
        {
            while (statement.Step()) { }
            return statement.ReadOnly ? -1 : statement.Changes;
        }
        finally
        {
            connection.Return(statement);
        }
    }

    public override object? ExecuteScalar()
    {
        using var reader = ExecuteDbDataReader(CommandBehavior.Default);
        var value = reader.Read() ? reader.GetValue(0) : null;
        // To the end: a change that returns rows is complete only then.
        while (reader.Read()) { }
        return value;
    }

    protected override DbParameter CreateDbParameter() => new PreparedParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        var statement =
            Run() ?? throw new NotSupportedException("A script returns no rows. Run one statement at a time.");
        return _open = new PreparedReader(connection, statement);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _open?.Dispose();
            _open = null;
        }
        base.Dispose(disposing);
    }

    // Null for a script.
    private Statement? Run()
    {
        _open?.Dispose();
        _open = null;
        var statement = connection.Rent(CommandText);
        if (statement is null)
        {
            return _parameters.Count == 0
                ? null
                : throw new NotSupportedException("A script of several statements cannot have parameters.");
        }
        try
        {
            statement.Bind(_parameters);
            return statement;
        }
        catch
        {
            connection.Return(statement);
            throw;
        }
    }
}
