using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace VoteTracker.Database;

/// <summary>
/// A connection that keeps its commands: the same SQL is prepared once, whoever asks. Handlers and Dapper make a command
/// a statement and throw it away; preparing it each time would cost more than running it.
/// </summary>
internal sealed class PreparedConnection(DbConnection inner) : DbConnection
{
    private readonly Dictionary<string, Stack<DbCommand>> _idle = new(StringComparer.Ordinal);
    private readonly Stack<DbCommand> _drafts = new();
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    [AllowNull]
    public override string ConnectionString
    {
        get => inner.ConnectionString;
        set => inner.ConnectionString = value;
    }

    public override string Database => inner.Database;

    public override string DataSource => inner.DataSource;

    public override string ServerVersion => inner.ServerVersion;

    public override ConnectionState State => inner.State;

    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

    public override void Open() => inner.Open();

    public override void Close() => inner.Close();

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        throw new NotSupportedException("A transaction is Db.Write's.");

    protected override DbCommand CreateDbCommand() =>
        new Command(this, _drafts.TryPop(out var draft) ? draft : inner.CreateCommand());

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var command in _idle.Values.SelectMany(stack => stack).Concat(_drafts))
            {
                command.Dispose();
            }
            _idle.Clear();
            inner.Dispose();
        }
        base.Dispose(disposing);
    }

    private string Prefixed(string name) =>
        _names.TryGetValue(name, out var prefixed) ? prefixed : _names[name] = "@" + name;

    private DbCommand Rent(string sql)
    {
        if (_idle.TryGetValue(sql, out var stack) && stack.TryPop(out var kept))
        {
            return kept;
        }
        var command = inner.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private void Return(DbCommand command)
    {
        command.Parameters.Clear();
        if (!_idle.TryGetValue(command.CommandText, out var stack))
        {
            _idle[command.CommandText] = stack = new Stack<DbCommand>(1);
        }
        stack.Push(command);
    }

    /// <summary>
    /// Takes what is said of a command, and hands it to the kept one when it is run: only then is the SQL final, for
    /// Dapper spells lists of values out in it while it adds them.
    /// </summary>
    private sealed class Command(PreparedConnection connection, DbCommand draft) : DbCommand
    {
        private DbCommand? _rented;
        private bool _disposed;

        [AllowNull]
        public override string CommandText { get; set; } = "";

        public override int CommandTimeout { get; set; } = draft.CommandTimeout;

        public override CommandType CommandType
        {
            get => CommandType.Text;
            set
            {
                if (value != CommandType.Text)
                {
                    throw new NotSupportedException("A command is SQL.");
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
                    throw new NotSupportedException("A command stays on its connection.");
                }
            }
        }

        protected override DbParameterCollection DbParameterCollection => draft.Parameters;

        protected override DbTransaction? DbTransaction { get; set; }

        public override void Cancel() => _rented?.Cancel();

        public override int ExecuteNonQuery() => Ready().ExecuteNonQuery();

        public override object? ExecuteScalar() => Ready().ExecuteScalar();

        public override void Prepare() { }

        protected override DbParameter CreateDbParameter() => draft.CreateParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) =>
            Ready().ExecuteReader(behavior);

        protected override void Dispose(bool disposing)
        {
            if (disposing && !_disposed)
            {
                _disposed = true;
                GiveBack();
                draft.Parameters.Clear();
                connection._drafts.Push(draft);
            }
            base.Dispose(disposing);
        }

        private DbCommand Ready()
        {
            GiveBack();
            var command = connection.Rent(CommandText);
            _rented = command;
            foreach (DbParameter parameter in draft.Parameters)
            {
                // As it stands in the SQL, or the provider tries one prefix after another for each value.
                if (!parameter.ParameterName.StartsWith('@'))
                {
                    parameter.ParameterName = connection.Prefixed(parameter.ParameterName);
                }
                command.Parameters.Add(parameter);
            }
            return command;
        }

        private void GiveBack()
        {
            if (_rented is { } command)
            {
                _rented = null;
                connection.Return(command);
            }
        }
    }
}
