using System.Runtime.Serialization;

namespace VoteTracker.Features.Imports.Reading;

/// <summary>The kind of a problem with a line or a resolution of a file.</summary>
[DataContract(Name = "FindingKind")]
public enum ImportFindingKind
{
    /// <summary>The names of a resolution do not add up to its totals; both are saved.</summary>
    TotalsDiffer,

    /// <summary>A resolution has totals and no name that voted; the totals are saved as announced.</summary>
    NoNames,

    /// <summary>No member has or had the code; the line is skipped.</summary>
    UnknownMember,

    /// <summary>The vote is not Y, N, A, X or blank; the line is skipped.</summary>
    UnknownVote,

    /// <summary>The member is named twice for one resolution; the first vote is saved and the line is skipped.</summary>
    NamedTwice,

    /// <summary>The line describes its resolution differently from the first line. The first description and the line's vote are saved.</summary>
    FieldsDiffer,

    /// <summary>The day is not of the form 2023-12-31, or is impossible; the line is skipped.</summary>
    WrongDate,

    /// <summary>The session, the symbol, a total or the record's number cannot be read; the line is skipped.</summary>
    WrongValue,

    /// <summary>The line has a value beyond the fields of the header; it is skipped.</summary>
    FieldCount,

    /// <summary>The file ends in the middle of its last line, which is skipped.</summary>
    Truncated,

    /// <summary>The line's quotes are not those of CSV (RFC 4180); it is skipped.</summary>
    NotWellFormed,

    /// <summary>The line is not UTF-8; it is skipped.</summary>
    NotUtf8,

    /// <summary>A field was damaged by a wrong encoding, or is a placeholder such as `NA`; the line is skipped.</summary>
    DamagedText,

    /// <summary>Another record of the file has the same symbol. Both are saved, the later one with its number in the id.</summary>
    SameSymbol,
}

/// <summary>A problem, and its line.</summary>
[DataContract(Name = "Finding")]
public sealed record ImportFinding
{
    /// <summary>The line of the file; the header is line 1. For a resolution, its first line.</summary>
    public required long Line { get; init; }

    /// <summary>The resolution's id, if it is known.</summary>
    public required string? Resolution { get; init; }

    /// <summary>The problem.</summary>
    public required string Detail { get; init; }
}

/// <summary>The problems of one kind.</summary>
public sealed record FindingsOfKind
{
    /// <summary>The kind.</summary>
    public required ImportFindingKind Kind { get; init; }

    /// <summary>The number of problems, listed or not.</summary>
    public required long Count { get; init; }

    /// <summary>The first 1,000 problems, in the order of the file.</summary>
    public required IReadOnlyList<ImportFinding> Listed { get; init; }
}

/// <summary>Collects problems: it counts all of them, and lists the first of each kind.</summary>
internal sealed class ImportFindings
{
    private const int MostListed = 1_000;

    private readonly SortedDictionary<ImportFindingKind, (long Count, List<ImportFinding> Listed)> _byKind = [];

    /// <summary>The number of problems.</summary>
    public long Count => _byKind.Values.Sum(k => k.Count);

    /// <summary>The kinds that occur.</summary>
    public IReadOnlyList<FindingsOfKind> Listed =>
        [
            .. _byKind.Select(k => new FindingsOfKind
            {
                Kind = k.Key,
                Count = k.Value.Count,
                Listed = [.. k.Value.Listed.OrderBy(f => f.Line)],
            }),
        ];

    public void Add(ImportFindingKind kind, long line, string? resolution, string detail)
    {
        var (count, listed) = _byKind.TryGetValue(kind, out var found) ? found : (0, []);
        if (count < MostListed)
        {
            listed.Add(
                new ImportFinding
                {
                    Line = line,
                    Resolution = resolution,
                    Detail = detail,
                }
            );
        }
        _byKind[kind] = (count + 1, listed);
    }
}
