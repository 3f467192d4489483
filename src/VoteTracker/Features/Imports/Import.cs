using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.Imports.Reading;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Imports;

/// <summary>The status of an import.</summary>
public enum ImportStatus
{
    /// <summary>It is running; none of it is visible yet.</summary>
    Running,

    /// <summary>It is committed.</summary>
    Done,

    /// <summary>It failed; nothing was changed.</summary>
    Failed,

    /// <summary>The service stopped before it was committed; nothing was changed.</summary>
    Interrupted,

    /// <summary>A coordinator cancelled it before it was committed; nothing was changed.</summary>
    Cancelled,
}

/// <summary>The import of a file.</summary>
public sealed record Import
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its status.</summary>
    public required ImportStatus Status { get; init; }

    /// <summary>Whether any problem in the file makes it fail.</summary>
    public required bool Strict { get; init; }

    /// <summary>When it began; UTC.</summary>
    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>The label of the key that began it.</summary>
    public required string BegunBy { get; init; }

    /// <summary>When it ended; UTC; null while it is running.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>Its progress; null when it has ended.</summary>
    public required ImportProgress? Progress { get; init; }

    /// <summary>What was read and changed; null while it is running, and if it was interrupted or cancelled.</summary>
    public required ImportReport? Report { get; init; }

    internal static async Task<Import?> Find(DbConnection connection, string id) =>
        (
            await connection.QuerySingleOrDefaultAsync<ImportRow>(
                "SELECT id, strict, status, begun_at, begun_by, ended_at, report FROM import WHERE id = @id",
                new { id }
            )
        )?.Import;

    private sealed record ImportRow
    {
        public string Id { get; init; } = "";
        public bool Strict { get; init; }
        public string Status { get; init; } = "";
        public DateTimeOffset BegunAt { get; init; }
        public string BegunBy { get; init; } = "";
        public DateTimeOffset? EndedAt { get; init; }
        public string? Report { get; init; }

        public Import Import =>
            new()
            {
                Id = Id,
                Status = EnumWord<ImportStatus>.Parse(Status),
                Strict = Strict,
                BegunAt = BegunAt,
                BegunBy = BegunBy,
                EndedAt = EndedAt,
                Progress = null,
                Report = Report is null ? null : ImportReport.Parse(Report),
            };
    }
}

/// <summary>The progress of an import.</summary>
public sealed record ImportProgress
{
    /// <summary>The size of the file, in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The number of bytes that were read.</summary>
    public required long BytesRead { get; init; }

    /// <summary>The number of lines that were read.</summary>
    public required long Lines { get; init; }
}

/// <summary>What an import read and changed.</summary>
public sealed record ImportReport
{
    /// <summary>The outcome in a sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Whether the database is unchanged.</summary>
    public required bool ChangedNothing { get; init; }

    /// <summary>The number of lines of the file, including the header.</summary>
    public required long Lines { get; init; }

    /// <summary>The number of resolutions in the file.</summary>
    public required int Texts { get; init; }

    /// <summary>The number of votes of members in the file, without those of lines that were skipped.</summary>
    public required long Votes { get; init; }

    /// <summary>The number of sessions that were added.</summary>
    public required int SessionsAdded { get; init; }

    /// <summary>The number of resolutions that were added.</summary>
    public required int TextsAdded { get; init; }

    /// <summary>The number of resolutions of the record that were updated.</summary>
    public required int TextsChanged { get; init; }

    /// <summary>The number of resolutions that are unchanged.</summary>
    public required int TextsUnchanged { get; init; }

    /// <summary>The ids of the resolutions that were not changed, because a user wrote them.</summary>
    public required IReadOnlyList<string> LeftToUsers { get; init; }

    /// <summary>The columns of the file that were not read, because their names are not known.</summary>
    public required IReadOnlyList<IgnoredColumn> IgnoredColumns { get; init; }

    /// <summary>The roll calls of the campaign that no longer count, because the file has the UN's record.</summary>
    public IReadOnlyList<ReplacedRollCall> ReplacedRollCalls { get; init; } = [];

    /// <summary>The names of `ignoredColumns`, for clients of earlier versions.</summary>
    public required IReadOnlyList<string> ColumnsIgnored { get; init; }

    /// <summary>The problems of the file, by kind.</summary>
    public required IReadOnlyList<FindingsOfKind> Findings { get; init; }

    internal string ToText() => JsonSerializer.Serialize(this, Json.Options);

    internal static ImportReport Parse(string text)
    {
        var report = JsonNode.Parse(text)!.AsObject();
        // Earlier versions stored only the names.
        report.TryAdd("ignoredColumns", new JsonArray());
        return report.Deserialize<ImportReport>(Json.Options)!;
    }
}
