using VoteTracker.Features.Gaps;
using VoteTracker.Localization;

namespace VoteTracker.Features.Briefs;

/// <summary>Writes a gap in a language.</summary>
internal static class GapText
{
    public static string Write(Language language, GapKind kind, DateOnly? since) =>
        since is { } day
            ? language.Text("brief.gap-since", ("what", Name(language, kind, since)), ("day", language.Day(day)))
            : Name(language, kind, since);

    /// <summary>What is missing. A request to co-sponsor that is missing for the current text only has no first day.</summary>
    public static string Name(Language language, GapKind kind, DateOnly? since) =>
        kind == GapKind.YesNotAskedToCoSponsor && since is null
            ? language.Text("brief.gap-earlier-text")
            : language.Word(kind);
}
