using Dapper;
using Microsoft.Data.Sqlite;

namespace VoteTracker.Benchmarks.Measuring;

/// <summary>A generated record as large as the Assembly's, written by SQL as an import would write it.</summary>
internal static class WholeRecord
{
    /// <summary>Adds roll calls of current members to a closed database, and returns its number of names.</summary>
    public static long Fill(string database, int rollCalls)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        connection.Execute(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 80)
            INSERT INTO session (id, number, emergency, opened_on, closed_on, subject)
            SELECT i, i, 0, DATE('1945-09-01', i || ' years'), DATE('1946-08-31', i || ' years'), 'Regular session'
            FROM n
            WHERE TRUE
            ON CONFLICT (id) DO NOTHING;

            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @rollCalls)
            INSERT INTO resolution (id, symbol, title, session, kind, rule, status, vote_on, visibility, origin, version, created_at, changed_at, changed_by)
            SELECT
                'made-up-' || i, 'A/RES/' || (1 + i % 80) || '/' || i, 'A resolution on the subject numbered ' || i,
                1 + i % 80, 'draft', 'not-recorded', 'adopted', DATE('1945-12-01', (1 + i % 80) || ' years'), 'tally',
                'record', 1, DATE('1945-12-02', (1 + i % 80) || ' years') || 'T05:00:00.000000Z',
                DATE('1945-12-02', (1 + i % 80) || ' years') || 'T05:00:00.000000Z', 'record'
            FROM n;

            INSERT INTO change (at, by, kind, resolution, version)
            SELECT created_at, 'record', 'resolution', id, 1 FROM resolution WHERE id LIKE 'made-up-%' ORDER BY ordinal;

            INSERT INTO resolution_change (
                resolution, version, changed_at, changed_by, rule, status, vote_on, visibility, symbol, title, session, kind
            )
            SELECT id, 1, created_at, 'record', rule, status, vote_on, visibility, symbol, title, session, kind
            FROM resolution
            WHERE id LIKE 'made-up-%';

            INSERT INTO roll_call (resolution, version, recorded_on, has_names, names, members, changed_at, changed_by)
            SELECT
                r.id, 1, r.vote_on, 1,
                (
                    SELECT GROUP_CONCAT(m.iso3 || SUBSTR('yyyyyynaax', 1 + (r.ordinal * 7 + m.rowid * 3) % 10, 1) || ' ', '' ORDER BY m.iso3)
                    FROM member_state m
                    WHERE m.kind = 'member'
                ),
                193, r.created_at, 'record'
            FROM resolution r
            WHERE r.id LIKE 'made-up-%';
            """,
            new { rollCalls }
        );
        transaction.Commit();
        return connection.ExecuteScalar<long>("SELECT SUM(LENGTH(names) / 5) FROM roll_call");
    }

    /// <summary>A copy with one row for each name, in its own table.</summary>
    public static void CopyPlain(string database, string copy)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        connection.Execute("VACUUM INTO @copy", new { copy });
        using var plain = new SqliteConnection($"Data Source={copy};Pooling=False");
        plain.Open();
        plain.Execute(
            """
            CREATE TABLE plain_vote (
                resolution   TEXT NOT NULL,
                version      INTEGER NOT NULL,
                member_state TEXT NOT NULL,
                vote         TEXT NOT NULL,
                intended     TEXT,
                PRIMARY KEY (resolution, version, member_state)
            ) STRICT, WITHOUT ROWID;
            INSERT INTO plain_vote SELECT resolution, version, member_state, vote, intended FROM roll_call_vote ORDER BY 1, 2, 3;
            ANALYZE;
            """
        );
    }
}
