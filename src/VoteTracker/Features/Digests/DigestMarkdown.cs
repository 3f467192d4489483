using System.Globalization;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Briefs;
using VoteTracker.Features.Milestones;
using VoteTracker.Features.Tallies;
using VoteTracker.Features.Tasks;
using VoteTracker.Localization;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Digests;

/// <summary>Writes a digest as Markdown. The same digest has the same text.</summary>
/// <remarks>Over 200 lines because each list of a digest has its heading, its lines and its end here.</remarks>
internal static class DigestMarkdown
{
    private const int MostCharacters = 600;

    // More moves than this are an import or a baseline, and fill pages. The JSON has all of them.
    private const int MostMoves = 60;

    /// <summary>Writes the digest in a language.</summary>
    public static string Write(Digest digest, Language language)
    {
        var text = new Markdown();
        text.Heading(1, language.Text("digest.title", ("moment", language.Moment(digest.Since))));
        text.Paragraph(language.Text("brief.as-of", ("moment", language.Moment(digest.At))));
        foreach (var resolution in digest.Resolutions)
        {
            AddResolution(text, resolution, language);
        }
        AddMore(text, digest.More, "resolutions", language);
        AddMilestones(text, digest, digest.LateMilestones, "digest.late", "lateMilestones", language);
        AddMilestones(text, digest, digest.NextMilestones, "digest.next", "nextMilestones", language);
        if (digest.Mentions is { Count: > 0 } mentions)
        {
            text.Heading(2, language.Text("digest.mentions"));
            text.List(
                mentions.Select(comment =>
                    $"{language.State(comment.MemberState)}, {Markdown.Escape(comment.Resolution)}, {Markdown.Escape(comment.CreatedBy)}, {language.Moment(comment.CreatedAt)}: {Long(comment.Text)}"
                )
            );
            AddMore(text, digest.More, "mentions", language);
        }
        AddTasks(text, digest, digest.DueTasks, "digest.due", "dueTasks", language);
        AddTasks(text, digest, digest.OverdueTasks, "digest.overdue", "overdueTasks", language);
        return text.ToString();
    }

    private static void AddResolution(Markdown text, ResolutionDigest digest, Language language)
    {
        var title = Markdown.Escape(digest.Title);
        text.Heading(2, digest.Symbol is { } symbol ? $"{Markdown.Escape(symbol)}: {title}" : title);
        List<string> lines =
        [
            $"{language.Text("digest.before")}: {language.Sentence(digest.Before.Sentence)}",
            $"{language.Text("digest.after")}: {language.Sentence(digest.After.Sentence)}",
        ];
        if (digest is { MarginChange: { } change, Before.Margin: { } before, After.Margin: { } after })
        {
            lines.Add(
                language.Text(
                    "digest.margin",
                    ("before", Number(before)),
                    ("after", Number(after)),
                    ("change", Signed(change))
                )
            );
        }
        text.List(lines);
        AddMoves(text, digest, language);
        if (digest.CoSponsors.Count > 0)
        {
            text.Heading(3, language.Text("page.co-sponsors.title"));
            text.Table(
                [
                    language.Text("page.table.state"),
                    language.Text("brief.from"),
                    language.Text("brief.to"),
                    language.Text("brief.author"),
                ],
                digest.CoSponsors.Select(move =>
                    (string?[])
                        [
                            language.State(move.MemberState),
                            move.From is { } from ? language.Word(from) : "–",
                            move.To is { } to ? $"{language.Word(to)}, {language.Word(move.Role)}{Text(move)}" : "–",
                            Markdown.Escape(move.ChangedBy),
                        ]
                )
            );
        }
        AddGaps(text, digest, digest.GapsOpened, "digest.opened", "gapsOpened", language);
        AddGaps(text, digest, digest.GapsClosed, "digest.closed", "gapsClosed", language);
    }

    private static void AddMoves(Markdown text, ResolutionDigest digest, Language language)
    {
        text.Heading(3, language.Text("digest.moves"));
        if (digest.Moves.Count == 0)
        {
            text.Paragraph(language.Text("page.moves.none"));
            return;
        }
        text.Table(
            [
                language.Text("page.table.state"),
                language.Text("brief.from"),
                language.Text("brief.to"),
                language.Text("page.moves.effect"),
                language.Text("brief.author"),
                language.Text("brief.reason"),
            ],
            digest
                .Moves.Take(MostMoves)
                .Select(move =>
                    (string?[])
                        [
                            move.MemberState is { } state ? language.State(state) : "",
                            Word(move, move.From, move.FromCertainty, language),
                            Word(move, move.To, move.ToCertainty, language),
                            move.Effect is { } effect ? Signed(effect) : "",
                            move.ChangedBy is { } author ? Markdown.Escape(author) : "",
                            // The reason of an ineligibility is a word of an enum, which stays English.
                            move.Reason
                                is { } reason
                                ? Long(reason)
                                : "",
                        ]
                )
        );
        if (digest.Moves.Count > MostMoves)
        {
            text.Paragraph(language.Text("page.moves.more", ("n", digest.Moves.Count - MostMoves)));
        }
    }

    private static string Word(TallyMove move, string word, Certainty? certainty, Language language)
    {
        var prefix = move.What switch
        {
            MoveKind.Stance or MoveKind.Vote => "position",
            MoveKind.Rule => "majority-rule",
            MoveKind.Basis => "basis",
            _ => "page.compare",
        };
        var text = language.Text($"{prefix}.{word}");
        return certainty is { } firm ? $"{text}, {language.Word(firm)}" : text;
    }

    private static void AddGaps(
        Markdown text,
        ResolutionDigest digest,
        IReadOnlyList<GapMove>? gaps,
        string title,
        string list,
        Language language
    )
    {
        if (gaps is not { Count: > 0 })
        {
            return;
        }
        text.Heading(3, language.Text(title));
        // One line for each state. Its gaps have one effect, so they follow each other.
        text.List(
            gaps.GroupBy(gap => gap.MemberState, StringComparer.Ordinal)
                .Select(state =>
                {
                    var who = state.First().Assignee is { } assignee ? $" ({Markdown.Escape(assignee)})" : "";
                    var what = state.Select(gap => GapText.Write(language, gap.Kind, gap.Since));
                    return $"{language.State(state.Key)}{who}: {string.Join("; ", what)}";
                })
        );
        AddMore(text, digest.More, list, language);
    }

    private static void AddMilestones(
        Markdown text,
        Digest digest,
        IReadOnlyList<Milestone> milestones,
        string title,
        string list,
        Language language
    )
    {
        if (milestones.Count == 0)
        {
            return;
        }
        text.Heading(2, language.Text(title));
        text.List(milestones.Select(milestone => MilestoneText.Write(language, milestone)));
        AddMore(text, digest.More, list, language);
    }

    private static void AddTasks(
        Markdown text,
        Digest digest,
        IReadOnlyList<DeskTask>? tasks,
        string title,
        string list,
        Language language
    )
    {
        if (tasks is not { Count: > 0 })
        {
            return;
        }
        text.Heading(2, language.Text(title));
        text.List(tasks.Select(task => TaskText.Write(language, task)));
        AddMore(text, digest.More, list, language);
    }

    private static void AddMore(Markdown text, IReadOnlyList<string> more, string list, Language language)
    {
        if (more.Contains(list, StringComparer.Ordinal))
        {
            text.Paragraph(language.Text("brief.more"));
        }
    }

    private static string Long(string text) => Markdown.Escape(text, MostCharacters);

    // The original text has no name.
    private static string Text(CoSponsorMove move) =>
        move.TextVersion is { } revision ? $", {Markdown.Escape(revision)}" : "";

    // With the minus of Signed.
    private static string Number(int number) => number.ToString("0;−0;0", CultureInfo.InvariantCulture);

    private static string Signed(int number) => number.ToString("+0;−0;0", CultureInfo.InvariantCulture);
}
