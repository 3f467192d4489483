namespace VoteTracker.Tests.Security;

/// <summary>The status without a key of each GET under a resolution.</summary>
internal static class VisibilityTable
{
    // The status without a key for each visibility, and for a private and a `positions` resolution with a recorded roll
    // call: the record is public then, and nothing else.
    public const string Past = "?asOf=2026-11-21T15:00:00Z";

    public static readonly Line[] Lines =
    [
        new("", 404, 200, 200, 200, 200),
        new("/tree", 404, 401, 401, 401, 401),
        new("/stances", 404, 401, 200, 401, 200),
        new("/stances?position=yes", 404, 401, 200, 401, 200),
        new("/stances?certainty=confirmed", 404, 401, 401, 401, 401),
        new("/stances?asOf=2026-11-21T15:00:00Z", 404, 401, 401, 401, 401),
        new("/stances/{iso3}", 404, 401, 200, 401, 200),
        new("/stances/{iso3}/history", 404, 401, 401, 401, 401),
        new("/stances/{iso3}/comments", 404, 401, 401, 401, 401),
        new("/stances/imports", 404, 401, 401, 401, 401),
        new("/stances/imports/{importId}", 404, 401, 401, 401, 401),
        new("/tally", 404, 200, 200, 200, 200),
        new("/tally?counting=all", 404, 200, 200, 200, 200),
        new("/tally?counting=confirmed", 404, 401, 401, 200, 200),
        new("/tally?asOf=2026-11-21T15:00:00Z", 404, 401, 401, 401, 401),
        new("/tally/timeline", 404, 401, 200, 200, 200),
        new("/tally/timeline?step=1d&from=2026-11-21T15:00:00Z", 404, 401, 200, 200, 200),
        new("/tally/timeline?counting=confirmed", 404, 401, 401, 200, 200),
        new("/diff", 404, 401, 200, 401, 200),
        new("/diff?from=2026-11-21T15:00:00Z", 404, 401, 200, 401, 200),
        new("/diff?counting=confirmed", 404, 401, 401, 401, 401),
        new("/tally/stream", 404, 200, 200, 200, 200),
        new("/tally?rule=simple-majority", 404, 200, 200, 200, 200),
        new("/share-links", 404, 401, 401, 401, 401),
        new("/scenarios", 404, 401, 401, 401, 401),
        new("/scenarios/{name}", 404, 401, 401, 401, 401),
        new("/scenarios/{name}/outcome", 404, 401, 401, 401, 401),
        new("/breakdown", 404, 200, 200, 200, 200),
        new("/breakdown?asOf=2026-11-21T15:00:00Z", 404, 401, 401, 401, 401),
        new("/breakdown.csv", 404, 200, 200, 200, 200),
        new("/breakdown.csv?asOf=2026-11-21T15:00:00Z", 404, 401, 401, 401, 401),
        new("/positions", 404, 401, 200, 200, 200),
        new("/positions?asOf=2026-11-21T15:00:00Z", 404, 401, 401, 401, 401),
        new("/forecast", 404, 401, 401, 401, 401),
        new("/forecast?explain=NOR&blocShock=0.2", 404, 401, 401, 401, 401),
        new("/calibration", 404, 401, 401, 401, 401),
        new("/path", 404, 401, 401, 401, 401),
        new("/path?goal=block", 404, 401, 401, 401, 401),
        new("/hemicycle.svg", 404, 200, 200, 200, 200),
        new("/hemicycle.png", 404, 200, 200, 200, 200),
        new("/board.svg", 404, 401, 200, 200, 200),
        new("/board.png", 404, 401, 200, 200, 200),
        new("/tiles.svg", 404, 401, 200, 200, 200),
        new("/tiles.png", 404, 401, 200, 200, 200),
        new("/regions.svg", 404, 200, 200, 200, 200),
        new("/regions.png", 404, 200, 200, 200, 200),
        new("/timeline.svg", 404, 401, 200, 200, 200),
        new("/timeline.png", 404, 401, 200, 200, 200),
        new("/path.svg", 404, 401, 401, 401, 401),
        new("/path.png", 404, 401, 401, 401, 401),
        new("/outlook.svg", 404, 401, 401, 401, 401),
        new("/outlook.png", 404, 401, 401, 401, 401),
        new("/badge.svg", 404, 200, 200, 200, 200),
        new("/badge.png", 404, 200, 200, 200, 200),
        new("/card.svg", 404, 200, 200, 200, 200),
        new("/card.png", 404, 200, 200, 200, 200),
        new("/assignments", 404, 401, 401, 401, 401),
        new("/assignments/{iso3}", 404, 401, 401, 401, 401),
        new("/briefs/{iso3}", 404, 401, 401, 401, 401),
        new("/gaps", 404, 401, 401, 401, 401),
        new("/vote-day", 404, 401, 401, 401, 401),
        new("/co-sponsors", 404, 200, 200, 401, 200),
        new("/co-sponsors/coverage", 404, 401, 401, 401, 401),
        new("/co-sponsors/{iso3}", 404, 200, 200, 401, 200),
        new("/co-sponsors/{iso3}/history", 404, 401, 401, 401, 401),
        new("/roll-call", 404, 404, 404, 200, 200),
        new("/roll-call/popolo", 404, 404, 404, 200, 200),
        new("/cohesion?source=all", 404, 404, 404, 200, 200),
        new("/popolo", 404, 200, 200, 200, 200),
        .. Export("/citation", "", 404, 200, 200, 200, 200),
        new("/export.zip", 404, 200, 200, 200, 200),
        new("/export.zip" + Past, 404, 401, 401, 401, 401),
        .. Export("/export/stances", "", 404, 401, 200, 401, 200),
        .. Export("/export/stances", Past, 404, 401, 401, 401, 401),
        .. Export("/export/breakdown", "", 404, 200, 200, 200, 200),
        .. Export("/export/breakdown", Past, 404, 401, 401, 401, 401),
        .. Export("/export/co-sponsors", "", 404, 200, 200, 401, 200),
        .. Export("/export/co-sponsors", Past, 404, 401, 401, 401, 401),
        .. Export("/export/history", "", 404, 401, 401, 401, 401),
        .. Export("/export/roll-call", "", 404, 404, 404, 200, 200),
    ];

    public static Line[] Export(
        string path,
        string query,
        int hidden,
        int tally,
        int positions,
        int hiddenVoted,
        int positionsVoted
    ) =>
        [
            new(path + query, hidden, tally, positions, hiddenVoted, positionsVoted),
            new(path + ".{format}" + query, hidden, tally, positions, hiddenVoted, positionsVoted),
        ];

    public sealed record Line(string Path, int Private, int Tally, int Positions, int PrivateVoted, int PositionsVoted);
}
