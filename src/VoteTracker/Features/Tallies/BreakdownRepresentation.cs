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

    /// <summary>The breakdown of a snapshot, which is created once.</summary>
    public static Representation Of(TallySnapshot snapshot, Grouping grouping, bool csv, Language language)
    {
        var format = Format(csv, language);
        return snapshot.Representations.GetOrCreate(
            $"breakdown {grouping.By}{format.TagSuffix}",
            format,
            snapshot.Standings,
            standings => Bytes(standings, grouping, csv, language)
        );
    }

    /// <summary>The format.</summary>
    public static RepresentationFormat Format(bool csv, Language language) =>
        csv ? RepresentationFormat.NegotiatedCsv : RepresentationFormat.NegotiatedJson.In(language);

    /// <summary>The breakdown of any standings.</summary>
    public static byte[] Bytes(Standings standings, Grouping grouping, bool csv, Language language)
    {
        var breakdown = Breakdown.FromStandings(standings, grouping);
        return csv
            ? Csv.Write(Header, breakdown.Rows.Select(row => Fields(breakdown.By, row)))
            : JsonSerializer.SerializeToUtf8Bytes(breakdown, Json.For(language));
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
