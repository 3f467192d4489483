using System.Text.Json;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Live;
using VoteTracker.Localization;
using VoteTracker.Security;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Tallies;

/// <summary>Positions as JSON, with or without certainties.</summary>
internal static class PositionsRepresentation
{
    // An ETag identifies one representation, and the certainties are in one of two.
    private static readonly RepresentationFormat WithCertainty = RepresentationFormat.Json with
    {
        TagSuffix = ".certainty",
    };

    /// <summary>The positions of a snapshot, which are created once.</summary>
    public static Representation Of(TallySnapshot snapshot, Caller caller, Language language)
    {
        var format = FormatFor(caller, snapshot.Standings, language);
        return snapshot.Representations.GetOrCreate(
            $"positions{format.TagSuffix}",
            format,
            snapshot.Standings,
            standings => Bytes(standings, caller, language)
        );
    }

    /// <summary>The format for a caller.</summary>
    public static RepresentationFormat FormatFor(Caller caller, Standings standings, Language language) =>
        (Positions.ShowCertaintyTo(caller, standings) ? WithCertainty : RepresentationFormat.Json).In(language);

    /// <summary>The positions in any standings.</summary>
    public static byte[] Bytes(Standings standings, Caller caller, Language language) =>
        JsonSerializer.SerializeToUtf8Bytes(
            Positions.FromStandings(standings, Positions.ShowCertaintyTo(caller, standings)),
            Json.For(language)
        );
}
