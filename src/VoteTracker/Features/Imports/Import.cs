using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.Imports.Reading;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Imports;

/// <summary>What has become of an import.</summary>
public enum ImportStatus
{
    /// <summary>It is under way; nothing of it is to be seen yet.</summary>
    Running,

    /// <summary>It is done, and all of it is there.</summary>
    Done,

    /// <summary>It could not be done; nothing was changed.</summary>
    Failed,

    /// <summary>The service stopped before it was done; nothing was changed.</summary>
    Interrupted,

    /// <summary>A coordinator cancelled it before it was done; nothing was changed.</summary>
    Cancelled,
}

/// <summary>The import of a file.</summary>
public sealed record Import
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What has become of it.</summary>
    public required ImportStatus Status { get; init; }

    /// <summary>Whether anything wrong in the file makes it fail.</summary>
    public required bool Strict { get; init; }

    /// <summary>When it was begun; UTC.</summary>
    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>The label of the key that began it.</summary>
    public required string BegunBy { get; init; }

    /// <summary>When it ended; UTC; null while it is running.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>How far it is; null when it has ended.</summary>
    public required ImportProgress? Progress { get; init; }

    /// <summary>What was read and done; null while it is running, and if it was interrupted or cancelled.</summary>
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

/// <summary>How far an import is.</summary>
public sealed record ImportProgress
{
    /// <summary>The size of the file, in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>How much of it was read.</summary>
    public required long BytesRead { get; init; }

    /// <summary>How many lines were read.</summary>
    public required long Lines { get; init; }
}

/// <summary>What an import read and did.</summary>
public sealed record ImportReport
{
    /// <summary>The outcome in a sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Whether the database is as it was.</summary>
    public required bool ChangedNothing { get; init; }

    /// <summary>How many lines the file has, its header among them.</summary>
    public required long Lines { get; init; }

    /// <summary>How many texts it has.</summary>
    public required int Texts { get; init; }

    /// <summary>How many votes of members it has, those of lines that were left out not among them.</summary>
    public required long Votes { get; init; }

    /// <summary>How many sessions were added.</summary>
    public required int SessionsAdded { get; init; }

    /// <summary>How many texts were added.</summary>
    public required int TextsAdded { get; init; }

    /// <summary>How many texts of the record were brought up to date.</summary>
    public required int TextsChanged { get; init; }

    /// <summary>How many texts were there already, and the same.</summary>
    public required int TextsUnchanged { get; init; }

    /// <summary>The ids of the texts that were left as they are, because a user wrote them.</summary>
    public required IReadOnlyList<string> LeftToUsers { get; init; }

    /// <summary>The columns of the file that were not read, because their names are not known.</summary>
    public required IReadOnlyList<IgnoredColumn> IgnoredColumns { get; init; }

    /// <summary>The roll calls that the campaign had entered and that no longer count, because the file has the Library's.</summary>
    public IReadOnlyList<ReplacedRollCall> ReplacedRollCalls { get; init; } = [];

    /// <summary>The same names alone, as earlier versions of the service have them.</summary>
    public required IReadOnlyList<string> ColumnsIgnored { get; init; }

    /// <summary>Everything that is wrong with the file, by kind.</summary>
    public required IReadOnlyList<FindingsOfKind> Findings { get; init; }

    internal string ToText() => JsonSerializer.Serialize(this, Json.Options);

    internal static ImportReport Parse(string text)
    {
        var report = JsonNode.Parse(text)!.AsObject();
        // Earlier versions stored the names alone.
        report.TryAdd("ignoredColumns", new JsonArray());
        return report.Deserialize<ImportReport>(Json.Options)!;
    }
}
