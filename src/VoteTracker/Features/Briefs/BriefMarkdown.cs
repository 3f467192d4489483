using System.Globalization;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.CoSponsors;
using VoteTracker.Features.Stances;
using VoteTracker.Localization;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Briefs;

/// <summary>Writes a brief as Markdown. The same brief has the same text.</summary>
internal static class BriefMarkdown
{
    // Longer summaries and notes would fill the paper. The JSON has all of them.
    private const int MostCharacters = 600;

    /// <summary>Writes the brief in a language.</summary>
    public static string Write(Brief brief, Language language)
    {
        var text = new Markdown();
        text.Heading(1, $"{language.State(brief.MemberState)} ({brief.MemberState})");
        text.Paragraph(Describe(brief, language));
        AddPosition(text, brief, language);
        AddChanges(text, brief, language);
        AddForecast(text, brief, language);
        AddVotes(text, brief, language);
        BriefSupportText.Add(text, brief, language);
        BriefWorkMarkdown.Add(text, brief, language);
        return text.ToString();
    }

    private static string Describe(Brief brief, Language language)
    {
        var title = Markdown.Escape(brief.Title);
        string?[] parts =
        [
            brief.Symbol is { } symbol ? $"{Markdown.Escape(symbol)}: {title}" : title,
            language.Word(brief.Status),
            brief.VoteOn is { } day ? language.Text("page.resolution.vote-on", ("day", language.Day(day))) : null,
            language.Text("brief.as-of", ("moment", language.Moment(brief.At))),
        ];
        return Join(" · ", parts);
    }

    private static void AddPosition(Markdown text, Brief brief, Language language)
    {
        text.Heading(2, language.Text("brief.position"));
        var (stance, state) = (brief.Stance, brief.State);
        string?[] lines =
        [
            brief.Vote is { } vote ? $"{language.Text("brief.vote")}: **{language.Word(vote)}**" : null,
            stance is null ? language.Text("brief.observer") : Position(stance, language),
            stance is not null && !state.MayVote ? language.Text("ineligible") : null,
            Field("brief.note", stance?.Note is { } note ? Long(note) : null),
            Field("brief.evidence", stance?.EvidenceUrl is { } link ? Markdown.Link(link) : null),
            Field("brief.contact", BriefWorkMarkdown.Contact(brief, stance?.Contact)),
            Field("brief.assignee", brief.Assignee is { } assignee ? Markdown.Escape(assignee) : null),
            Field("brief.co-sponsor", CoSponsor(brief, language)),
            Field("brief.groups", Groups(brief, language)),
        ];
        text.List(lines.OfType<string>());

        string? Field(string key, string? value) => value is null ? null : $"{language.Text(key)}: {value}";
    }

    private static string Position(Stance stance, Language language) =>
        Join(
            ", ",
            $"**{language.Word(stance.Position)}**",
            stance.Certainty is { } certainty ? language.Word(certainty) : null,
            stance.Evidence is { } evidence ? language.Word(evidence) : null,
            stance.ChangedBy is { } author ? Markdown.Escape(author) : null,
            stance.ChangedAt is { } at ? language.Moment(at) : null
        );

    private static string? CoSponsor(Brief brief, Language language) =>
        brief.CoSponsor is not { } coSponsor
            ? null
            : Join(
                ", ",
                language.Word(coSponsor.Status),
                language.Word(coSponsor.Role),
                EarlierText(brief, language) is { } earlier ? Markdown.Escape(earlier) : null,
                coSponsor.Since is { } since ? language.Day(since) : null,
                coSponsor.Note is { } note ? Long(note) : null
            );

    /// <summary>The text of the co-sponsor if it is not the current one. A state that is only wanted has none.</summary>
    internal static string? EarlierText(Brief brief, Language language) =>
        brief.CoSponsor is not { Status: not CoSponsorStatus.Wanted } coSponsor
        || coSponsor.TextVersion == brief.TextVersion
            ? null
        : coSponsor.TextVersion is { } text ? language.Text("brief.text.revision", ("text", text))
        : language.Text("brief.text.original");

    private static string? Groups(Brief brief, Language language)
    {
        string[] keys = [.. brief.State.RegionalGroup is { } region ? [region] : (string[])[], .. brief.State.Blocs];
        return keys.Length == 0 ? null : string.Join(", ", keys.Select(key => Markdown.Escape(language.Group(key))));
    }

    private static void AddChanges(Markdown text, Brief brief, Language language)
    {
        if (brief.Changes.Count == 0)
        {
            return;
        }
        text.Heading(2, language.Text("brief.changes"));
        text.Table(
            [
                language.Text("brief.when"),
                language.Text("brief.from"),
                language.Text("brief.to"),
                language.Text("brief.author"),
                language.Text("brief.reason"),
            ],
            brief.Changes.Select(change =>
                (string?[])
                    [
                        language.Moment(change.ChangedAt),
                        Join(", ", language.Word(change.From), Certainty(change.FromCertainty)),
                        Join(", ", language.Word(change.To), Certainty(change.ToCertainty)),
                        Markdown.Escape(change.ChangedBy),
                        change.Reason is { } reason ? Long(reason) : null,
                    ]
            )
        );
        BriefWorkMarkdown.AddMore(text, brief, "changes", language);

        string? Certainty(Certainty? certainty) => certainty is { } word ? language.Word(word) : null;
    }

    private static void AddForecast(Markdown text, Brief brief, Language language)
    {
        if (brief.Forecast is not { } forecast)
        {
            return;
        }
        text.Heading(2, language.Text("brief.forecast"));
        var chances = forecast.Chances;
        string?[] lines =
        [
            forecast.Probability is { } probability
                ? language.Text("brief.probability", ("share", Percent(language, probability)))
                : null,
            language.Text(
                "brief.chances",
                ("yes", Percent(language, chances.Yes)),
                ("no", Percent(language, chances.No)),
                ("abstain", Percent(language, chances.Abstain)),
                ("absent", Percent(language, chances.Absent))
            ),
            forecast.Pivotality is { } pivotality
                ? language.Text(
                    "brief.pivotality",
                    ("yes", Points(pivotality.Yes)),
                    ("no", Points(pivotality.No)),
                    ("abstain", Points(pivotality.Abstain))
                )
                : null,
        ];
        text.List(lines.OfType<string>());
    }

    private static void AddVotes(Markdown text, Brief brief, Language language)
    {
        if (brief.SimilarVotes.Count == 0)
        {
            return;
        }
        text.Heading(2, language.Text("brief.similar"));
        text.Table(
            [
                language.Text("brief.when"),
                language.Text("brief.resolution"),
                language.Text("brief.title"),
                language.Text("brief.vote"),
            ],
            brief.SimilarVotes.Select(vote =>
                (string?[])
                    [
                        language.Day(vote.Day),
                        Markdown.Escape(vote.Symbol ?? vote.Resolution),
                        Markdown.Escape(vote.Title, most: 120),
                        language.Word(vote.Vote),
                    ]
            )
        );
    }

    /// <summary>A long text of a user.</summary>
    internal static string Long(string text) => Markdown.Escape(text, MostCharacters);

    /// <summary>The parts that are not empty.</summary>
    internal static string Join(string separator, params IEnumerable<string?> parts) =>
        string.Join(separator, parts.Where(part => !string.IsNullOrEmpty(part)));

    private static string Percent(Language language, double share) =>
        language.Text("number.percent", ("n", Math.Round(100 * share).ToString("0", CultureInfo.InvariantCulture)));

    private static string Points(double share) => (100 * share).ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture);
}
