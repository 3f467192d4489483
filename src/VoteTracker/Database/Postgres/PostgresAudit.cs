using Npgsql;
using NpgsqlTypes;
using VoteTracker.Database.Audit;

namespace VoteTracker.Database.Postgres;

/// <summary>Appends entries to the audit: all of a commit in one statement.</summary>
internal static class PostgresAudit
{
    private const string Insert = """
        INSERT INTO audit_entry (
            seq, at, action, operation, author, author_salt, target, target_salt, address, address_salt, count, hash
        )
        SELECT * FROM unnest(
            $1::bigint[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
            $9::text[], $10::text[], $11::bigint[], $12::text[]
        )
        """;

    private static readonly string SaveHead = AuditTable
        .SaveHead.Replace("@zero", "$1", StringComparison.Ordinal)
        .Replace("@seq", "$2", StringComparison.Ordinal)
        .Replace("@hash", "$3", StringComparison.Ordinal);

    /// <summary>Reads the end of the chain from the next result.</summary>
    public static AuditHead ReadHead(NpgsqlDataReader reader)
    {
        reader.NextResult();
        return reader.Read() ? new AuditHead(reader.GetInt64(0), reader.GetString(1)) : AuditHead.OfNewDatabase;
    }

    /// <summary>Adds the statements to the batch of the commit.</summary>
    public static void Add(NpgsqlBatch batch, IReadOnlyList<AuditRow> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand(Insert)
            {
                Parameters =
                {
                    Numbers(rows, row => row.Seq),
                    new NpgsqlParameter
                    {
                        Value = rows.Select(row => row.At.UtcDateTime).ToArray(),
                        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
                    },
                    Texts(rows, row => row.Action),
                    Texts(rows, row => row.Operation),
                    Texts(rows, row => row.Author),
                    Texts(rows, row => row.AuthorSalt),
                    Texts(rows, row => row.Target),
                    Texts(rows, row => row.TargetSalt),
                    Texts(rows, row => row.Address),
                    Texts(rows, row => row.AddressSalt),
                    Numbers(rows, row => row.Count),
                    Texts(rows, row => row.Hash),
                },
            }
        );
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand(SaveHead)
            {
                Parameters =
                {
                    new NpgsqlParameter<string> { TypedValue = AuditHash.Zero },
                    new NpgsqlParameter<long> { TypedValue = rows[^1].Seq },
                    new NpgsqlParameter<string> { TypedValue = rows[^1].Hash },
                },
            }
        );
    }

    private static NpgsqlParameter Texts(IReadOnlyList<AuditRow> rows, Func<AuditRow, string?> text) =>
        new() { Value = rows.Select(text).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    private static NpgsqlParameter Numbers(IReadOnlyList<AuditRow> rows, Func<AuditRow, long> number) =>
        new() { Value = rows.Select(number).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };
}
