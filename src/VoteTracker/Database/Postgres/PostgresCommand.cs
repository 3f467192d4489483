using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Npgsql;
using NpgsqlTypes;

namespace VoteTracker.Database.Postgres;

/// <summary>A statement: its SQL, which can change until it runs, and its parameters.</summary>
internal sealed class PostgresCommand(PostgresConnection connection) : DbCommand
{
    private readonly PreparedParameters _parameters = new();
    private NpgsqlBatch? _batch;

    [AllowNull]
    public override string CommandText { get; set; } = "";

    public override int CommandTimeout { get; set; } = 30;

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

    public override void Cancel() => _batch?.Cancel();

    public override void Prepare() { }

    public override int ExecuteNonQuery()
    {
        if (_parameters.Count == 0 && CommandText.Contains(';', StringComparison.Ordinal))
        {
            return connection.RunScript(CommandText);
        }
        var batch = CreateBatch();
        try
        {
            return batch.ExecuteNonQuery();
        }
        catch (PostgresException exception)
        {
            throw connection.RecordFailure(exception, batch);
        }
    }

    public override object? ExecuteScalar()
    {
        var batch = CreateBatch();
        try
        {
            return batch.ExecuteScalar();
        }
        catch (PostgresException exception)
        {
            throw connection.RecordFailure(exception, batch);
        }
    }

    public override async Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) =>
        connection.IsWriter ? ExecuteNonQuery() : await CreateBatch().ExecuteNonQueryAsync(cancellationToken);

    public override async Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken) =>
        connection.IsWriter ? ExecuteScalar() : await CreateBatch().ExecuteScalarAsync(cancellationToken);

    protected override DbParameter CreateDbParameter() => new PreparedParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        var batch = CreateBatch();
        try
        {
            return batch.ExecuteReader(WithoutClosing(behavior));
        }
        catch (PostgresException exception)
        {
            throw connection.RecordFailure(exception, batch);
        }
    }

    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(
        CommandBehavior behavior,
        CancellationToken cancellationToken
    ) =>
        connection.IsWriter
            ? ExecuteDbDataReader(behavior)
            : await CreateBatch().ExecuteReaderAsync(WithoutClosing(behavior), cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _batch?.Dispose();
            _batch = null;
        }
        base.Dispose(disposing);
    }

    // Dapper asks to close the connection and to read only one row. The connection stays open, and all rows are read.
    private static CommandBehavior WithoutClosing(CommandBehavior behavior) =>
        behavior & ~(CommandBehavior.CloseConnection | CommandBehavior.SingleRow);

    private NpgsqlBatch CreateBatch()
    {
        _batch?.Dispose();
        _batch = connection.CreateBatchWithPending();
        _batch.Timeout = CommandTimeout;
        var sql = PositionalSql.Parse(CommandText);
        var command = new NpgsqlBatchCommand(sql.Text);
        foreach (var name in sql.Names)
        {
            command.Parameters.Add(ToParameter(_parameters[_parameters.IndexOfRequired(name)]));
        }
        _batch.BatchCommands.Add(command);
        return _batch;
    }

    private static NpgsqlParameter ToParameter(PreparedParameter parameter) =>
        parameter.Value switch
        {
            string text => new NpgsqlParameter<string> { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Text },
            long number => new NpgsqlParameter<long> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Bigint },
            int number => new NpgsqlParameter<long> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Bigint },
            bool flag => new NpgsqlParameter<bool> { TypedValue = flag, NpgsqlDbType = NpgsqlDbType.Boolean },
            DateTimeOffset moment => new NpgsqlParameter<DateTime>
            {
                TypedValue = moment.UtcDateTime,
                NpgsqlDbType = NpgsqlDbType.TimestampTz,
            },
            DateOnly day => new NpgsqlParameter<DateOnly> { TypedValue = day, NpgsqlDbType = NpgsqlDbType.Date },
            double number => new NpgsqlParameter<double> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Double },
            byte[] bytes => new NpgsqlParameter<byte[]> { TypedValue = bytes, NpgsqlDbType = NpgsqlDbType.Bytea },
            DBNull => new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = TypeOf(parameter.DbType) },
            null => throw new InvalidOperationException($"The value of @{parameter.ParameterName} is not set."),
            var other => throw new InvalidOperationException(
                $"@{parameter.ParameterName} is a {other.GetType().Name}. Supported are strings, numbers, booleans, moments, days and bytes."
            ),
        };

    private static NpgsqlDbType TypeOf(DbType type) =>
        type switch
        {
            DbType.Int16 or DbType.Int32 or DbType.Int64 => NpgsqlDbType.Bigint,
            DbType.Boolean => NpgsqlDbType.Boolean,
            DbType.DateTimeOffset => NpgsqlDbType.TimestampTz,
            DbType.Date => NpgsqlDbType.Date,
            DbType.Double => NpgsqlDbType.Double,
            DbType.Binary => NpgsqlDbType.Bytea,
            _ => NpgsqlDbType.Text,
        };
}
