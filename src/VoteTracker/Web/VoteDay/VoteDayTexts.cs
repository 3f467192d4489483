using VoteTracker.Localization;
using VoteTracker.Voting.Rules;
using VoteTracker.Web.Desk;

namespace VoteTracker.Web.VoteDay;

/// <summary>The messages that the scripts of the vote day show, as JSON.</summary>
internal static class VoteDayTexts
{
    private static readonly string[] OfPage =
    [
        "vote-day.accept",
        "vote-day.asks",
        "vote-day.asks.no",
        "vote-day.changed",
        "vote-day.confirm",
        "vote-day.confirm.other",
        "vote-day.confirm.why",
        "vote-day.confirmed",
        "vote-day.conflict",
        "vote-day.decision",
        "vote-day.difference",
        "vote-day.difference.none",
        "vote-day.discard",
        "vote-day.earlier",
        "vote-day.earlier.enter",
        "vote-day.expected",
        "vote-day.forecast.none",
        "vote-day.give-up",
        "vote-day.give-up.all",
        "vote-day.held",
        "vote-day.keep",
        "vote-day.lost",
        "vote-day.mine",
        "vote-day.missing",
        "vote-day.no-entry",
        "vote-day.not-saved",
        "vote-day.outlook.lost",
        "vote-day.outlook.open",
        "vote-day.outlook.secured",
        "vote-day.place",
        "vote-day.probability",
        "vote-day.propose",
        "vote-day.propose.why",
        "vote-day.proposed",
        "vote-day.refused",
        "vote-day.reopen",
        "vote-day.row.entered",
        "vote-day.row.expected",
        "vote-day.row.rest",
        "vote-day.saved",
        "vote-day.sure",
        "vote-day.surprises",
        "vote-day.unsaved",
        "vote-day.unsaved.kept",
        "vote-day.unsaved.memory",
    ];

    private static readonly string[] Keys =
    [
        .. OfPage.Select(key => $"page.{key}"),
        .. Enum.GetValues<Vote>().Select(vote => $"vote.{EnumWord<Vote>.ToWord(vote)}"),
        "resolution-status.adopted",
        "resolution-status.not-adopted",
        "page.board.ineligible",
        "page.desk.close",
    ];

    private static readonly Dictionary<Language, Lazy<string>> Written = Language.All.ToDictionary(
        language => language,
        language => new Lazy<string>(() => DeskTexts.Write(language, Keys))
    );

    /// <summary>The messages of a language.</summary>
    public static string For(Language language) => Written[language].Value;
}
