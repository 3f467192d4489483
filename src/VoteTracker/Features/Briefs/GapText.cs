using VoteTracker.Features.Gaps;
using VoteTracker.Localization;

namespace VoteTracker.Features.Briefs;

/// <summary>Writes a gap in a language.</summary>
internal static class GapText
{
    public static string Write(Language language, GapKind kind, DateOnly? since) =>
        since is { } day
            ? language.Text("brief.gap-since", ("what", language.Word(kind)), ("day", language.Day(day)))
            : language.Word(kind);
}
