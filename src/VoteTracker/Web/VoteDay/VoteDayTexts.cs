using VoteTracker.Localization;
using VoteTracker.Voting.Rules;
using VoteTracker.Web.Desk;

namespace VoteTracker.Web.VoteDay;

/// <summary>The messages that the scripts of the vote day show, as JSON.</summary>
internal static class VoteDayTexts
{
    private const string Own = "page.vote-day.";

    private static readonly string[] Keys =
    [
        .. Language.English.Messages.Keys.Where(key => key.StartsWith(Own, StringComparison.Ordinal)),
        .. Enum.GetValues<Vote>().Select(vote => $"vote.{EnumWord<Vote>.ToWord(vote)}"),
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
