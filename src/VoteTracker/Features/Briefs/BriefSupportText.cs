using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Acts;
using VoteTracker.Features.Endorsements;
using VoteTracker.Features.Pressures;
using VoteTracker.Localization;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;
using static VoteTracker.Features.Briefs.BriefMarkdown;

namespace VoteTracker.Features.Briefs;

/// <summary>Writes the endorsements, acts and pressures of a brief in a language.</summary>
internal static class BriefSupportText
{
    /// <summary>Adds the parts that the brief has.</summary>
    public static void Add(Markdown text, Brief brief, Language language)
    {
        AddList(
            "acts",
            language.Text("brief.acts"),
            brief.Acts.Select(act =>
                $"{Markdown.Escape(act.Title)} ({Describe(act, language)}): {Markdown.Link(act.Url)}"
            )
        );
        AddList(
            "endorsements",
            language.Text("brief.endorsements", ("n", brief.EndorsementCount)),
            brief.Endorsements.Select(endorsement =>
                Join(", ", Markdown.Escape(endorsement.Organisation), Describe(endorsement, language))
            )
        );
        AddList(
            "pressures",
            language.Text("brief.pressures"),
            (brief.Pressures ?? []).Select(pressure =>
                Join(
                    ": ",
                    $"**{Describe(pressure, language)}**",
                    Join(
                        ". ",
                        SourceOf(pressure, language) is { } from ? Markdown.Escape(from) : null,
                        pressure.Note is { } note ? Long(note) : null
                    )
                )
            )
        );

        void AddList(string name, string title, IEnumerable<string> items)
        {
            var lines = items.ToList();
            if (lines.Count > 0)
            {
                text.Heading(2, title);
                text.List(lines);
                BriefWorkMarkdown.AddMore(text, brief, name, language);
            }
        }
    }

    /// <summary>The kind and the day of an act.</summary>
    public static string Describe(StateAct act, Language language) =>
        Join(", ", language.Word(act.Kind), language.Day(act.On));

    /// <summary>The kind and the day of an endorsement, and whether it is not public.</summary>
    public static string Describe(Endorsement endorsement, Language language) =>
        Join(
            ", ",
            endorsement.Kind is { } kind ? language.Word(kind) : null,
            endorsement.SignedOn is { } day ? language.Day(day) : null,
            endorsement.Public ? null : language.Text("brief.not-public")
        );

    /// <summary>The kind of a pressure, its level, and the vote that it pushes to.</summary>
    public static string Describe(StatePressure pressure, Language language) =>
        language.Text(
            "brief.pressure",
            ("kind", language.Word(pressure.Kind)),
            ("level", language.Word(pressure.Level)),
            ("vote", language.Word(PositionOf(pressure.Towards)))
        );

    /// <summary>Where a pressure comes from: the name of a state, or a text.</summary>
    public static string? SourceOf(StatePressure pressure, Language language) =>
        pressure.From is { } from ? language.State(from) : null;

    private static Position PositionOf(PressureTarget target) =>
        target switch
        {
            PressureTarget.Yes => Position.Yes,
            PressureTarget.No => Position.No,
            PressureTarget.Abstain => Position.Abstain,
            _ => Position.Absent,
        };
}
