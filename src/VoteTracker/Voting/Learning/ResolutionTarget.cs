using VoteTracker.Voting.Forecasts;

namespace VoteTracker.Voting.Learning;

/// <summary>A resolution to forecast: its session, its words and its day.</summary>
internal sealed record ResolutionTarget
{
    /// <summary>The session's id.</summary>
    public required string Session { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>The agenda items; null if they are not known.</summary>
    public string? Agenda { get; init; }

    /// <summary>The Library's subjects; null if they are not known.</summary>
    public string? Subjects { get; init; }

    /// <summary>The day of the vote.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>A past resolution as the target of a forecast.</summary>
    public static ResolutionTarget FromPast(PastResolution resolution) =>
        new()
        {
            Session = resolution.Session,
            Title = resolution.Title,
            Agenda = resolution.Agenda,
            Subjects = resolution.Subjects,
            Day = resolution.Day,
        };
}
