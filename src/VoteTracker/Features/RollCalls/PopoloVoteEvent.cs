using System.Text.Json.Serialization;
using VoteTracker.Features.Resolutions;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.RollCalls;

/// <summary>The option of a voter, in Popolo's words.</summary>
public enum PopoloOption
{
    /// <summary>In favour.</summary>
    Yes,

    /// <summary>Against.</summary>
    No,

    /// <summary>Abstained.</summary>
    Abstain,

    /// <summary>Absent, or without the right to vote: the record does not say which, so it is not Popolo's `absent`.</summary>
    [JsonStringEnumMemberName("not voting")]
    NotVoting,
}

/// <summary>The result, in Popolo's words.</summary>
public enum PopoloResult
{
    /// <summary>Adopted.</summary>
    Pass,

    /// <summary>Not adopted.</summary>
    Fail,
}

/// <summary>A recorded vote as Popolo's VoteEvent (https://www.popoloproject.com/specs/vote-event.html).</summary>
public sealed record PopoloVoteEvent
{
    /// <summary>The resolution's id and `roll-call`.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>The body whose members voted.</summary>
    [JsonPropertyName("organization")]
    public required PopoloOrganization Organization { get; init; }

    /// <summary>The session's id.</summary>
    [JsonPropertyName("legislative_session_id")]
    public required string LegislativeSessionId { get; init; }

    /// <summary>The resolution's id.</summary>
    [JsonPropertyName("motion_id")]
    public required string MotionId { get; init; }

    /// <summary>The day of the vote in New York; the record does not have the time.</summary>
    [JsonPropertyName("start_date")]
    public required DateOnly StartDate { get; init; }

    /// <summary>The result, from the Assembly's own word.</summary>
    [JsonPropertyName("result")]
    public required PopoloResult? Result { get; init; }

    /// <summary>The totals of the names. If the record has no names, the announced totals that it has.</summary>
    [JsonPropertyName("counts")]
    public required IReadOnlyList<PopoloCount> Counts { get; init; }

    /// <summary>The names, in the order of their codes; empty if the record has none.</summary>
    [JsonPropertyName("votes")]
    public required IReadOnlyList<PopoloVote> Votes { get; init; }

    /// <summary>The addresses of the Assembly's record; empty if the campaign entered the vote.</summary>
    [JsonPropertyName("sources")]
    public required IReadOnlyList<PopoloLink> Sources { get; init; }

    internal static PopoloVoteEvent Create(RollCall rollCall, Resolution resolution) =>
        new()
        {
            Id = $"{rollCall.Resolution}/roll-call",
            Organization = PopoloOrganization.Assembly,
            LegislativeSessionId = resolution.Session,
            MotionId = rollCall.Resolution,
            StartDate = rollCall.RecordedOn,
            Result = ResultOf(rollCall.Status),
            Counts = [.. CountsOf(rollCall.Totals ?? rollCall.Announced)],
            Votes =
            [
                .. rollCall.Votes.Select(v => new PopoloVote { VoterId = v.MemberState, Option = OptionOf(v.Vote) }),
            ],
            // The page of the UN Digital Library is not the source of a vote that the campaign entered.
            Sources = rollCall.Source == RollCallSource.Library ? PopoloLink.To(resolution) : [],
        };

    /// <summary>Popolo's word for a status; null before the decision, and if it was withdrawn.</summary>
    internal static PopoloResult? ResultOf(ResolutionStatus status) =>
        status switch
        {
            ResolutionStatus.Adopted or ResolutionStatus.AdoptedWithoutVote => PopoloResult.Pass,
            ResolutionStatus.NotAdopted => PopoloResult.Fail,
            _ => null,
        };

    private static IEnumerable<PopoloCount> CountsOf(VoteTotals? totals)
    {
        (PopoloOption Option, int? Value)[] counts =
        [
            (PopoloOption.Yes, totals?.Yes),
            (PopoloOption.No, totals?.No),
            (PopoloOption.Abstain, totals?.Abstain),
            (PopoloOption.NotVoting, totals?.NonVoting),
        ];
        return counts
            .Where(count => count.Value is not null)
            .Select(count => new PopoloCount { Option = count.Option, Value = count.Value!.Value });
    }

    private static PopoloOption OptionOf(Vote vote) =>
        vote switch
        {
            Vote.Yes => PopoloOption.Yes,
            Vote.No => PopoloOption.No,
            Vote.Abstain => PopoloOption.Abstain,
            _ => PopoloOption.NotVoting,
        };
}

/// <summary>The body whose members vote.</summary>
public sealed record PopoloOrganization
{
    internal static readonly PopoloOrganization Assembly = new() { Name = "United Nations General Assembly" };

    /// <summary>Its name.</summary>
    [JsonPropertyName("name")]
    public required string Name { get; init; }
}

/// <summary>The count of an option.</summary>
public sealed record PopoloCount
{
    /// <summary>The option.</summary>
    [JsonPropertyName("option")]
    public required PopoloOption Option { get; init; }

    /// <summary>The number of votes.</summary>
    [JsonPropertyName("value")]
    public required int Value { get; init; }
}

/// <summary>One member's vote.</summary>
public sealed record PopoloVote
{
    /// <summary>The member state's code, ISO 3166-1 alpha-3.</summary>
    [JsonPropertyName("voter_id")]
    public required string VoterId { get; init; }

    /// <summary>The option that it chose.</summary>
    [JsonPropertyName("option")]
    public required PopoloOption Option { get; init; }
}

/// <summary>A source.</summary>
public sealed record PopoloLink
{
    /// <summary>The address.</summary>
    [JsonPropertyName("url")]
    public required string Url { get; init; }

    /// <summary>The document symbol, for which Popolo has no field, and the keeper of the record.</summary>
    [JsonPropertyName("note")]
    public required string Note { get; init; }

    internal static IReadOnlyList<PopoloLink> To(Resolution resolution) =>
        resolution.RecordUrl is null
            ? []
            :
            [
                new PopoloLink
                {
                    Url = resolution.RecordUrl,
                    Note = string.Join(", ", ((string?[])[resolution.Symbol, "UN Digital Library"]).OfType<string>()),
                },
            ];
}
