using CsvHelper;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Record;

/// <summary>What stands in the database of a text of the record, to be compared with it.</summary>
internal sealed record StoredResolution
{
    public string Origin { get; init; } = "";
    public string? Symbol { get; init; }
    public string Title { get; init; } = "";
    public string Kind { get; init; } = "";
    public string? Parent { get; init; }
    public string Rule { get; init; } = "";
    public string Status { get; init; } = "";
    public DateOnly? VoteOn { get; init; }
    public string? RecordUrl { get; init; }
}

/// <summary>What stands of its roll call.</summary>
internal sealed record StoredRollCall
{
    public DateOnly RecordedOn { get; init; }
    public string? Names { get; init; }
    public int Members { get; init; }
    public int? AnnouncedYes { get; init; }
    public int? AnnouncedNo { get; init; }
    public int? AnnouncedAbstain { get; init; }
    public int? AnnouncedNonVoting { get; init; }
}

/// <summary>A row of `data/resolutions.csv`.</summary>
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
    public required AnnouncedTotals Announced { get; init; }
    public required int Members { get; init; }
    public required string? Url { get; init; }

    /// <summary>Who voted how, packed; of `data/roll-calls.csv`, null where it has none of it.</summary>
    public string? Names { get; init; }

    // What comes with a release counts as known from the day after the vote, whenever the release was installed.
    public DateTimeOffset KnownFrom => NewYork.StartOf(VotedOn.AddDays(1));

    public StoredResolution AsStanding =>
        new()
        {
            Origin = "record",
            Symbol = Symbol,
            Title = Title,
            Kind = Kind,
            Parent = Parent,
            Rule = Rule,
            Status = Status,
            VoteOn = VotedOn,
            RecordUrl = Url,
        };

    public StoredRollCall AsRollCall =>
        new()
        {
            RecordedOn = VotedOn,
            Names = Names,
            Members = Members,
            AnnouncedYes = Announced.Yes,
            AnnouncedNo = Announced.No,
            AnnouncedAbstain = Announced.Abstain,
            AnnouncedNonVoting = Announced.NonVoting,
        };

    public static RecordedResolution Parse(CsvReader csv) =>
        new()
        {
            Id = csv.Text("id")!,
            Symbol = csv.Text("symbol"),
            Title = csv.Text("title")!,
            Session = csv.Text("session")!,
            Kind = csv.Text("kind")!,
            Parent = csv.Text("parent"),
            Rule = csv.Text("rule")!,
            Status = csv.Text("status")!,
            VotedOn = csv.Day("voted_on") ?? throw new FormatException("A recorded vote has a day."),
            Announced = new AnnouncedTotals(
                csv.Number("yes") ?? throw new FormatException("A recorded vote has its yes."),
                csv.Number("no") ?? throw new FormatException("A recorded vote has its no."),
                csv.Number("abstain"),
                csv.Number("non_voting")
            ),
            Members = csv.Number("members") ?? throw new FormatException("A recorded vote has its members."),
            Url = csv.Text("undl_url"),
        };
}
