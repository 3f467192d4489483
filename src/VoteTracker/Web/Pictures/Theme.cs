using VoteTracker.Voting.Rules;

namespace VoteTracker.Web.Pictures;

/// <summary>The colours of a picture.</summary>
public enum Theme
{
    /// <summary>Dark ink on white; also for print.</summary>
    Light,

    /// <summary>Pale ink on black.</summary>
    Dark,
}

/// <summary>The colours of a theme. Text in its colour has a contrast of at least 4.5 on the paper, a mark of at least 3.</summary>
public sealed record Palette
{
    private static readonly Palette Light = new()
    {
        Ink = "#17212b",
        Soft = "#5a6572",
        Line = "#dfe4ea",
        Paper = "#ffffff",
        Accent = "#1257a8",
        Sign = "#ffffff",
        Yes = "#0b7a55",
        No = "#b3372b",
        Abstain = "#8a6500",
        Undecided = "#5871b5",
        Absent = "#6d7782",
        Unknown = "#87919d",
    };

    private static readonly Palette Dark = new()
    {
        Ink = "#e8edf2",
        Soft = "#9fabb8",
        Line = "#313a44",
        Paper = "#11161c",
        Accent = "#85b8f2",
        Sign = "#11161c",
        Yes = "#4cc796",
        No = "#ef8a78",
        Abstain = "#e5bb4b",
        Undecided = "#96abe8",
        Absent = "#8f9aa6",
        Unknown = "#6f7b88",
    };

    /// <summary>The colours of a theme.</summary>
    public static Palette Of(Theme theme) => theme == Theme.Dark ? Dark : Light;

    /// <summary>Text.</summary>
    public required string Ink { get; init; }

    /// <summary>Text of less weight.</summary>
    public required string Soft { get; init; }

    /// <summary>Rules and frames.</summary>
    public required string Line { get; init; }

    /// <summary>The background.</summary>
    public required string Paper { get; init; }

    /// <summary>The line of the margin.</summary>
    public required string Accent { get; init; }

    /// <summary>A sign or a number on a colour.</summary>
    public required string Sign { get; init; }

    /// <summary>Yes.</summary>
    public required string Yes { get; init; }

    /// <summary>No.</summary>
    public required string No { get; init; }

    /// <summary>Abstain.</summary>
    public required string Abstain { get; init; }

    /// <summary>Undecided.</summary>
    public required string Undecided { get; init; }

    /// <summary>Absent.</summary>
    public required string Absent { get; init; }

    /// <summary>Unknown, and members that may not vote.</summary>
    public required string Unknown { get; init; }

    /// <summary>The colour of a position.</summary>
    public string Of(Position position) =>
        position switch
        {
            Position.Yes => Yes,
            Position.No => No,
            Position.Abstain => Abstain,
            Position.Undecided => Undecided,
            Position.Absent => Absent,
            _ => Unknown,
        };
}
