using CsvHelper;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Record;

/// <summary>
/// A resolution with its recorded vote, as <see cref="RecordedVoteWriter"/> writes it: from the reference data, or from a
/// file of the UN Digital Library.
/// </summary>
internal sealed record RecordedResolution
{
    public required string Id { get; init; }
    public required string? Symbol { get; init; }
    public required string Title { get; init; }
    public required string Session { get; init; }
    public required string Kind { get; init; }
    public required string? Parent { get; init; }
    public required string Rule { get; init; }
    public required string Status { get; init; }
    public required DateOnly VotedOn { get; init; }
    public required string? Url { get; init; }

    /// <summary>The votes by name, packed; null if only totals are known.</summary>
    public required string? Names { get; init; }

    public required int Members { get; init; }

    /// <summary>The announced totals.</summary>
    public required int? Yes { get; init; }
    public required int? No { get; init; }
    public required int? Abstain { get; init; }
    public required int? NonVoting { get; init; }

    /// <summary>`record` for reference data, `import` for a file.</summary>
    public required string Origin { get; init; }

    /// <summary>The version that the write makes.</summary>
    public required long Version { get; init; }

    /// <summary>The moment from which it counts as known.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The moment by which it is sorted in lists.</summary>
    public required DateTimeOffset ListedAt { get; init; }

    public required string By { get; init; }
    public required string? ByKey { get; init; }

    /// <summary>What else the file says about it; null for reference data.</summary>
    public required LibraryDetails? Details { get; init; }

    public bool HasNames => Names is not null;

    /// <summary>Reads a row of `data/resolutions.csv`.</summary>
    public static RecordedResolution Parse(CsvReader csv)
    {
        var votedOn = csv.Day("voted_on") ?? throw new FormatException("A recorded vote has a day.");
        // What a release ships counts as known from the day after the vote, whenever the release was installed.
        var knownFrom = NewYork.StartOf(votedOn.AddDays(1));
        return new RecordedResolution
        {
            Id = csv.Text("id")!,
            Symbol = csv.Text("symbol"),
            Title = csv.Text("title")!,
            Session = csv.Text("session")!,
            Kind = csv.Text("kind")!,
            Parent = csv.Text("parent"),
            Rule = csv.Text("rule")!,
            Status = csv.Text("status")!,
            VotedOn = votedOn,
            Url = csv.Text("undl_url"),
            Names = null,
            Members = csv.Number("members") ?? throw new FormatException("A recorded vote has its members."),
            Yes = csv.Number("yes") ?? throw new FormatException("A recorded vote has its yes."),
            No = csv.Number("no") ?? throw new FormatException("A recorded vote has its no."),
            Abstain = csv.Number("abstain"),
            NonVoting = csv.Number("non_voting"),
            Origin = "record",
            Version = 1,
            At = knownFrom,
            ListedAt = knownFrom,
            By = Caller.Record.Label,
            ByKey = Caller.Record.KeyId,
            Details = null,
        };
    }
}

/// <summary>What a file of the UN Digital Library says about a resolution beside its vote.</summary>
internal sealed record LibraryDetails
{
    public required string RecordId { get; init; }
    public required string? Draft { get; init; }
    public required string? CommitteeReport { get; init; }
    public required string? Meeting { get; init; }
    public required string? Agenda { get; init; }
    public required string? Subjects { get; init; }
    public required string? Note { get; init; }

    /// <summary>The hash of all that the file says about the resolution.</summary>
    public required string Sha256 { get; init; }
}
