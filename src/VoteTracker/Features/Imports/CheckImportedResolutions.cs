using System.Globalization;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Imports.Reading;

namespace VoteTracker.Features.Imports;

/// <summary>Checks the texts of a file when all of its lines were read: their totals, and symbols that several have.</summary>
internal static class CheckImportedResolutions
{
    /// <summary>The texts that can be kept, the oldest vote first, so that the newest is the last one opened.</summary>
    public static IReadOnlyList<VotingDataResolution> Handle(
        IEnumerable<VotingDataResolution> read,
        IReadOnlyList<string> codes,
        ImportFindings findings
    )
    {
        var texts = new List<VotingDataResolution>();
        foreach (var text in read)
        {
            text.Close(codes);
            if (text.Counted is null && (text.Head.Yes is null || text.Head.No is null))
            {
                findings.Add(
                    ImportFindingKind.WrongValue,
                    text.Line,
                    text.Id,
                    "the text has neither a name that voted nor totals; it is left out"
                );
                continue;
            }
            CompareTotals(text, findings);
            texts.Add(text);
        }
        Distinguish(texts, findings);
        texts.ForEach(t => t.Seal());
        return [.. texts.OrderBy(t => t.Head.Day).ThenBy(t => t.Line)];
    }

    private static void CompareTotals(VotingDataResolution text, ImportFindings findings)
    {
        var head = text.Head;
        var totals = string.Create(
            CultureInfo.InvariantCulture,
            $"{head.Yes}-{head.No}-{head.Abstain}-{head.NonVoting} of {head.Members}"
        );
        if (text.Counted is not { } counted)
        {
            findings.Add(
                ImportFindingKind.NoNames,
                text.Line,
                text.Id,
                $"the totals are {totals}, and no name voted; the totals are kept as announced"
            );
            return;
        }
        var names = string.Create(
            CultureInfo.InvariantCulture,
            $"{counted.Yes}-{counted.No}-{counted.Abstain}-{counted.NonVoting} of {text.Named}"
        );
        if (names != totals)
        {
            findings.Add(
                ImportFindingKind.TotalsDiffer,
                text.Line,
                text.Id,
                $"the names count to {names}, the totals are {totals}"
            );
        }
    }

    // The record with the lower number has the id of the symbol, whatever the order of the file.
    private static void Distinguish(List<VotingDataResolution> texts, ImportFindings findings)
    {
        foreach (var same in texts.GroupBy(t => t.Head.Id, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            foreach (var text in same.OrderBy(t => long.Parse(t.Head.RecordId, CultureInfo.InvariantCulture)).Skip(1))
            {
                var number = "-" + text.Head.RecordId;
                text.Id = text.Id[..Math.Min(text.Id.Length, 64 - number.Length)].TrimEnd('-') + number;
                findings.Add(
                    ImportFindingKind.SameSymbol,
                    text.Line,
                    text.Id,
                    $"another record has the symbol {SafeText.Quote(text.Head.Symbol)} too; both are kept"
                );
            }
        }
    }
}
