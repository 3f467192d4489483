using VoteTracker.Localization;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Tests.Voting.Tallies;

/// <summary>Writes the parts of a sentence in English.</summary>
internal static class EnglishSentence
{
    public static string InEnglish(this Sentence sentence) => Language.English.Sentence(sentence);
}
