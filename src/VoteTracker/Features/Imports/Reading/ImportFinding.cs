using System.Runtime.Serialization;

namespace VoteTracker.Features.Imports.Reading;

/// <summary>What is wrong with a line of a file, or with a text that several lines tell of.</summary>
[DataContract(Name = "FindingKind")]
public enum ImportFindingKind
{
    /// <summary>The names of a text do not count to its totals; both are kept.</summary>
    TotalsDiffer,

    /// <summary>A text has totals and no name that voted; the totals are kept as announced.</summary>
    NoNames,

    /// <summary>No member has or had the code; the line is left out.</summary>
    UnknownMember,

    /// <summary>The vote is none of Y, N, A, X or blank; the line is left out.</summary>
    UnknownVote,

    /// <summary>The member is named in this text already; the first vote is kept and the line left out.</summary>
    NamedTwice,

    /// <summary>The line says something else of its text than the first one did; the first is kept, and the line's vote.</summary>
    FieldsDiffer,

    /// <summary>The day is not of the form 2023-12-31, or cannot be; the line is left out.</summary>
    WrongDate,

    /// <summary>The session, the symbol, a total or the record's number cannot be read; the line is left out.</summary>
    WrongValue,

    /// <summary>The line has a value in more fields than the header has; it is left out.</summary>
    FieldCount,

    /// <summary>The file ends in the middle of its last line, which is left out.</summary>
    Truncated,

    /// <summary>The line's quotes are not those of CSV (RFC 4180); it is left out.</summary>
    NotWellFormed,

    /// <summary>The line is not UTF-8; it is left out.</summary>
    NotUtf8,

    /// <summary>A text of the line was damaged by a wrong encoding, or is a placeholder such as `NA`; the line is left out.</summary>
    DamagedText,

    /// <summary>Another record of the file has the same symbol; both are kept, the later under an id with its number.</summary>
    SameSymbol,
}

/// <summary>One thing that is wrong, and where.</summary>
[DataContract(Name = "Finding")]
public sealed record ImportFinding
{
    /// <summary>The line of the file, the header being line 1; of a text, its first line.</summary>
    public required long Line { get; init; }

    /// <summary>The text's id, where it is known.</summary>
    public required string? Resolution { get; init; }

    /// <summary>What is wrong.</summary>
    public required string Detail { get; init; }
}

/// <summary>Everything of one kind that is wrong.</summary>
public sealed record FindingsOfKind
{
    /// <summary>What is wrong.</summary>
    public required ImportFindingKind Kind { get; init; }

    /// <summary>How often, listed or not.</summary>
    public required long Count { get; init; }

    /// <summary>Where, in the order of the file; the first 1,000.</summary>
    public required IReadOnlyList<ImportFinding> Listed { get; init; }
}

/// <summary>What was found wrong, as it is gathered: all of it counted, the first of each kind listed.</summary>
internal sealed class ImportFindings
{
    private const int MostListed = 1_000;

    private readonly SortedDictionary<ImportFindingKind, (long Count, List<ImportFinding> Listed)> _byKind = [];

    /// <summary>How many there are.</summary>
    public long Count => _byKind.Values.Sum(k => k.Count);

    /// <summary>All kinds of which there are any.</summary>
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
