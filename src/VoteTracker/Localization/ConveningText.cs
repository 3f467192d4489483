using VoteTracker.Voting.Rules;

namespace VoteTracker.Localization;

/// <summary>Writes in a language what is recorded about the convening of a session.</summary>
internal static class ConveningText
{
    /// <summary>The sentence or sentences.</summary>
    public static string Convening(this Language language, ConveningSentence sentence) =>
        string.Join(Separator(language), Parts(language, sentence.Count));

    private static IEnumerable<string> Parts(Language language, ConveningCount count)
    {
        if (count.Kind == SessionKind.Regular)
        {
            yield return language.Text("convening.regular");
            yield break;
        }
        if (count.IsUnrecorded)
        {
            yield return language.Text("convening.not-recorded");
            yield break;
        }
        if (count is { CountsCouncil: true, CouncilYes: { } yes })
        {
            yield return language.Text("convening.council", ("yes", yes), ("required", count.CouncilRequired));
        }
        if (count.RequestsAreUnknown)
        {
            yield break;
        }
        if (!count.CountsMajority)
        {
            yield return language.Text("convening.resumption", ("n", count.Requests));
            yield return count.Authority is { } authority
                ? language.Text("convening.authority", ("authority", authority))
                : language.Text("convening.no-authority");
        }
        else if (count.Requests > 0 || !count.CouncilMet)
        {
            yield return Requests(language, count);
        }
    }

    private static string Requests(Language language, ConveningCount count)
    {
        var (n, of, required) = (count.Requests, count.Members, count.RequestsRequired);
        var requests = language.Text("convening.members", ("n", n), ("members", of), ("required", required));
        // Of a session that can convene, no request is missing.
        return count.MembersMet || count.Met == true
            ? requests
            : $"{requests}{Separator(language)}{language.Text("convening.missing", ("n", count.RequestsMissing))}";
    }

    // Chinese has no space between sentences.
    private static string Separator(Language language) => language.LanguageCode == LanguageCode.Zh ? "" : " ";
}
