using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Localization;

/// <summary>Writes the tally as one or two sentences in a language.</summary>
internal static class SentenceText
{
    /// <summary>The sentence of a tally.</summary>
    public static string Sentence(this Language language, Sentence sentence) =>
        sentence.Kind switch
        {
            SentenceKind.Count => Count(language, sentence),
            _ => language.Text($"sentence.{EnumWord<SentenceKind>.ToWord(sentence.Kind)}"),
        };

    private static string Count(Language language, Sentence s)
    {
        var when = s.IsAfterVote ? "after" : "before";
        var rule = EnumWord<MajorityRule>.ToWord(s.Rule);
        var count = language.Text(
            s.Rule == MajorityRule.NotRecorded ? "sentence.count.not-recorded" : $"sentence.count.{when}.{rule}",
            ("yes", s.Yes),
            ("voting", s.PresentAndVoting),
            ("required", s.Required ?? 0)
        );
        return s switch
        {
            { MissingYes: { } missing } => $"{count} {Missing(language, s, missing, when)}",
            { SpareNo: 0 } => $"{count} {language.Text("sentence.spare.none")}",
            { SpareNo: { } spare } =>
                $"{count} {language.Text("sentence.spare", ("n", spare), ("nth", language.Ordinal(spare + 1)))}",
            _ => count,
        };
    }

    private static string Missing(Language language, Sentence s, int missing, string when)
    {
        var yes = language.Text("sentence.missing.yes", ("n", missing));
        var ways = s.MissingAbstentions is { } turned
            ? language.Text(
                "sentence.missing.or",
                ("yes", yes),
                ("abstentions", language.Text("sentence.missing.abstentions", ("n", turned)))
            )
            : yes;
        return language.Text($"sentence.missing.{when}", ("n", missing), ("ways", ways));
    }
}
