using System.Data.Common;
using System.Globalization;
using VoteTracker.Database.Audit;

namespace VoteTracker.Features.Audit;

/// <summary>The result of a check of the chain.</summary>
internal sealed record AuditCheck
{
    private AuditCheck(string? fault) => Fault = fault;

    /// <summary>What is wrong with the first wrong entry, as a sentence; null if nothing is.</summary>
    public string? Fault { get; }

    /// <summary>The number of entries.</summary>
    public long Entries { get; private init; }

    /// <summary>The number of erased texts.</summary>
    public long Erased { get; private init; }

    /// <summary>The number of the oldest entry; 1 if none was deleted.</summary>
    public long First { get; private init; } = 1;

    /// <summary>The last entry.</summary>
    public AuditHead Head { get; private init; } = AuditHead.OfNewDatabase;

    /// <summary>Checks every entry, on one snapshot of the database.</summary>
    /// <param name="connection">The connection to the database.</param>
    /// <param name="expected">An entry that was noted elsewhere, which must still be in the chain; null for none.</param>
    public static async Task<AuditCheck> Run(DbConnection connection, AuditHead? expected)
    {
        var chain = await AuditStore.FindChain(connection);
        var before = chain is null ? AuditHead.OfNewDatabase : new AuditHead(chain.FirstSeq - 1, chain.FirstHash);
        var start = before;
        var isExpected = expected is null || expected == start;
        var (entries, erased, beginning) = (0L, 0L, (string?)null);
        foreach (var row in AuditStore.Read(connection))
        {
            if (FindFault(before, row) is { } fault)
            {
                return new AuditCheck(fault);
            }
            before = new AuditHead(row.Seq, row.Hash);
            isExpected |= expected == before;
            entries++;
            erased += Count(row.AuthorText) + Count(row.TargetText) + Count(row.AddressText);
            if (row.Action == AuditEntry.Retention)
            {
                beginning = row.Target;
            }
        }
        return new AuditCheck(FindFaultOfEnds(chain, start, before, beginning) ?? FindFaultOfExpected())
        {
            Entries = entries,
            Erased = erased,
            First = start.Seq + 1,
            Head = before,
        };

        string? FindFaultOfExpected() =>
            isExpected ? null
            : expected!.Value.Seq < start.Seq
                ? Text($"Entry {expected.Value.Seq} was deleted by the retention, so its hash cannot be compared.")
            : expected.Value.Seq > before.Seq
                ? Text($"Entry {expected.Value.Seq} is missing: the last entry is {before.Seq}.")
            : Text($"Entry {expected.Value.Seq} was changed: it has another hash than the expected one.");
    }

    private static string? FindFault(AuditHead before, AuditRow row) =>
        row.Seq > before.Seq + 1 ? Text($"Entry {before.Seq + 1} is missing.")
        : row.Seq <= before.Seq
            ? Text($"Entry {row.Seq} is before the beginning of the chain, which is entry {before.Seq + 1}.")
        : AuditHash.Compute(before.Hash, row) != row.Hash
            ? Text($"Entry {row.Seq} of {Moment(row.At)} was changed: its hash does not match its content.")
        : null;

    private static string? FindFaultOfEnds(
        AuditStore.ChainRow? chain,
        AuditHead start,
        AuditHead end,
        string? beginning
    ) =>
        chain is null
            ? end == AuditHead.OfNewDatabase
                ? null
                : "The table audit_chain has no row, so missing entries at the end cannot be found."
            : chain.LastSeq > end.Seq
                ? Text($"Entry {end.Seq + 1} is missing: entry {chain.LastSeq} was the last one.")
                : chain.LastSeq != end.Seq || chain.LastHash != end.Hash
                    ? Text(
                        $"Entry {Math.Min(chain.LastSeq + 1, end.Seq)} was added or changed after the end of the chain."
                    )
                    : start.Seq > 0 && beginning != TextOfBeginning(start.Seq + 1, start.Hash)
                        ? Text($"Entry {start.Seq} is missing: no retention is recorded that deleted it.")
                        : null;

    /// <summary>The new beginning of the chain, as the entry of a retention names it.</summary>
    public static string TextOfBeginning(long first, string hash) => Text($"first={first}&hash={hash}");

    private static int Count(AuditText text) => text.IsErased ? 1 : 0;

    private static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
