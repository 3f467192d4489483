using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Tables;

namespace VoteTracker.Features.Lists;

/// <summary>The changes of an import of a list, or of a dry run.</summary>
public sealed record ListImport
{
    /// <summary>The id of an import of assignments, to find it again and to revert it. Missing for a dry run, if it changed nothing, and for co-sponsors.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; init; }

    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>Whether it was a dry run, which changes nothing.</summary>
    public required bool DryRun { get; init; }

    /// <summary>The number of lines that were read.</summary>
    public required int Lines { get; init; }

    /// <summary>The number of lines that change nothing.</summary>
    public required int Unchanged { get; init; }

    /// <summary>The lines that change something, in the order of the file.</summary>
    public required IReadOnlyList<LineChange> Changes { get; init; }

    /// <summary>The line that was read as the header. Lines above it are titles, and are not read.</summary>
    public required long HeaderLine { get; init; }

    /// <summary>The columns of the file that were ignored, because their names are unknown.</summary>
    public required IReadOnlyList<IgnoredColumn> IgnoredColumns { get; init; }

    /// <summary>The columns that were read under another name than the file's.</summary>
    public required IReadOnlyList<MappedColumn> MappedColumns { get; init; }

    /// <summary>The sheets of a workbook that were not read.</summary>
    public required IReadOnlyList<string> OtherSheets { get; init; }

    /// <summary>The result of importing a file.</summary>
    internal static ListImport Create(
        string resolution,
        bool isDryRun,
        CsvRows table,
        IReadOnlyList<LineChange> changes,
        string? import = null
    ) =>
        new()
        {
            Id = isDryRun ? null : import,
            Resolution = resolution,
            DryRun = isDryRun,
            Lines = table.Rows.Count,
            Unchanged = table.Rows.Count - changes.Count,
            Changes = changes,
            HeaderLine = table.HeaderLine,
            IgnoredColumns = table.IgnoredColumns,
            MappedColumns = table.MappedColumns,
            OtherSheets = table.OtherSheets,
        };
}

/// <summary>A line of a list that conflicts with what is recorded.</summary>
public sealed record LineConflict
{
    /// <summary>Its number in the file; the first line is 1.</summary>
    public required long Line { get; init; }

    /// <summary>The code of the state.</summary>
    public required string MemberState { get; init; }

    /// <summary>The reason as a sentence.</summary>
    public required string Detail { get; init; }

    /// <summary>The 409 that lists the lines.</summary>
    internal static ProblemHttpResult ToProblem(IReadOnlyList<LineConflict> lines) =>
        ConflictTypes.ListLinesConflict.CreateWith("lines", lines, Describe(lines));

    /// <summary>The states and lines in words.</summary>
    internal static string Describe(IEnumerable<LineConflict> lines) =>
        string.Join(
            ", ",
            lines.Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.MemberState} (line {line.Line})"))
        );
}
