using System.Globalization;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Imports.Reading;

namespace VoteTracker.Features.Imports;

/// <summary>Checks the resolutions of a file when all lines were read: their totals, and symbols that occur twice.</summary>
internal static class CheckImportedResolutions
{
    /// <summary>The resolutions to save, the oldest vote first, so that the newest one is the last in lists.</summary>
    public static IReadOnlyList<VotingDataResolution> Handle(
        IEnumerable<VotingDataResolution> read,
        IReadOnlyList<string> codes,
        ImportFindings findings
    )
    {
        var resolutions = new List<VotingDataResolution>();
        foreach (var resolution in read)
        {
            resolution.Close(codes);
            if (resolution.Counted is null && (resolution.Head.Yes is null || resolution.Head.No is null))
            {
                findings.Add(
                    ImportFindingKind.WrongValue,
                    resolution.Line,
                    resolution.Id,
                    "the resolution has neither a name that voted nor totals; it was skipped"
                );
                continue;
            }
            CompareTotals(resolution, findings);
            resolutions.Add(resolution);
        }
        Distinguish(resolutions, findings);
        resolutions.ForEach(r => r.ComputeHash());
        return [.. resolutions.OrderBy(r => r.Head.Day).ThenBy(r => r.Line)];
    }

    private static void CompareTotals(VotingDataResolution resolution, ImportFindings findings)
    {
        var head = resolution.Head;
        var totals = string.Create(
            CultureInfo.InvariantCulture,
            $"{head.Yes}-{head.No}-{head.Abstain}-{head.NonVoting} of {head.Members}"
        );
        if (resolution.Counted is not { } counted)
        {
            findings.Add(
                ImportFindingKind.NoNames,
                resolution.Line,
                resolution.Id,
                $"the totals are {totals}, and no name voted; the totals are saved as announced"
            );
            return;
        }
        var names = string.Create(
            CultureInfo.InvariantCulture,
            $"{counted.Yes}-{counted.No}-{counted.Abstain}-{counted.NonVoting} of {resolution.Named}"
        );
        if (names != totals)
        {
            findings.Add(
                ImportFindingKind.TotalsDiffer,
                resolution.Line,
                resolution.Id,
                $"the names add up to {names}, the totals are {totals}"
            );
        }
    }

    // The record with the lowest number gets the id of the symbol, whatever the order of the file.
    private static void Distinguish(List<VotingDataResolution> resolutions, ImportFindings findings)
    {
        foreach (var same in resolutions.GroupBy(t => t.Head.Id, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            foreach (
                var resolution in same.OrderBy(t => long.Parse(t.Head.RecordId, CultureInfo.InvariantCulture)).Skip(1)
            )
            {
                var number = "-" + resolution.Head.RecordId;
                resolution.Id =
                    resolution.Id[..Math.Min(resolution.Id.Length, 64 - number.Length)].TrimEnd('-') + number;
                findings.Add(
                    ImportFindingKind.SameSymbol,
                    resolution.Line,
                    resolution.Id,
                    $"another record has the symbol {SafeText.Quote(resolution.Head.Symbol)} too; both were saved"
                );
            }
        }
    }
}
