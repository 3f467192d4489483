using System.Globalization;
using System.Text.Json;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Live;
using VoteTracker.Localization;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Tallies;

/// <summary>How a breakdown is represented.</summary>
/// <param name="Csv">As CSV instead of JSON.</param>
/// <param name="Language">The language of names.</param>
/// <param name="WithTally">Whether the tally of the same version is part of it; never in CSV.</param>
internal sealed record BreakdownForm(bool Csv, Language Language, bool WithTally = false);

/// <summary>A breakdown as JSON or CSV.</summary>
internal static class BreakdownRepresentation
{
    private static readonly string[] Header =
    [
        "group_scheme",
        "group",
        "members",
        "eligible",
        "yes",
        "no",
        "abstain",
        "absent",
        "undecided",
        "unknown",
        "ineligible",
        "co_sponsors",
        "present_and_voting",
        "yes_share",
    ];

    private static readonly RepresentationFormat TallyIncluded = RepresentationFormat.NegotiatedJson with
    {
        TagSuffix = ".tally",
    };

    /// <summary>The breakdown of a snapshot, which is created once.</summary>
    public static Representation Of(TallySnapshot snapshot, Grouping grouping, BreakdownForm form)
    {
        var format = Format(form);
        return snapshot.Representations.GetOrCreate(
            $"breakdown {grouping.By}{format.TagSuffix}",
            format,
            snapshot.Standings,
            standings => Bytes(standings, grouping, form)
        );
    }

    /// <summary>The format.</summary>
    public static RepresentationFormat Format(BreakdownForm form) =>
        form.Csv ? RepresentationFormat.NegotiatedCsv
        : form.WithTally ? TallyIncluded.In(form.Language)
        : RepresentationFormat.NegotiatedJson.In(form.Language);

    /// <summary>The breakdown of any standings.</summary>
    public static byte[] Bytes(Standings standings, Grouping grouping, BreakdownForm form)
    {
        var breakdown = Breakdown.FromStandings(standings, grouping) with
        {
            Tally = form.WithTally ? Tally.FromStandings(standings) : null,
        };
        return form.Csv
            ? Csv.Write(Header, breakdown.Rows.Select(row => Fields(breakdown.By, row)))
            : JsonSerializer.SerializeToUtf8Bytes(breakdown, Json.For(form.Language));
    }

    private static IReadOnlyList<object?> Fields(string by, BreakdownRow row) =>
        [
            by,
            row.Group,
            row.Members,
            row.Eligible,
            row.Yes,
            row.No,
            row.Abstain,
            row.Absent,
            row.Undecided,
            row.Unknown,
            row.Ineligible,
            row.CoSponsors,
            row.PresentAndVoting,
            row.YesShare?.ToString("0.0000", CultureInfo.InvariantCulture),
        ];
}
