using System.Text.Json.Nodes;
using VoteTracker.Tests.Features;

namespace VoteTracker.Tests.Fuzz;

/// <summary>Counts the stances, or the votes, of a resolution again, and compares the result with its tally.</summary>
internal static class Recount
{
    private static readonly string[] Positions = ["yes", "no", "abstain", "absent", "undecided", "unknown"];

    public static async Task<IReadOnlyList<string>> Differences(HttpClient admin, string id)
    {
        var tally = await admin.GetJson($"/v1/resolutions/{id}/tally");
        var counted = tally.Text("basis") switch
        {
            "stances" => await OfStances(admin, id),
            "recorded-votes" => await OfVotes(admin, id),
            _ => null,
        };
        return counted is null
            ? []
            :
            [
                .. counted
                    .Where(c => tally.IntOrNull(c.Key) != c.Value)
                    .Select(c => $"{id}: {c.Key} is {tally[c.Key]}, and {c.Value} by a recount"),
            ];
    }

    private static async Task<Dictionary<string, int>> OfStances(HttpClient admin, string id)
    {
        var day = (await admin.GetJson($"/v1/resolutions/{id}")).Text("voteOn");
        var members = await admin.GetPages($"/v1/member-states?limit=1000{(day is null ? "" : "&on=" + day)}", 1_000);
        var voters = members
            .Where(m => m.Flag("mayVote") == true)
            .Select(m => m.Text("iso3")!)
            .ToHashSet(StringComparer.Ordinal);
        var stances = await admin.GetPages($"/v1/resolutions/{id}/stances?limit=1000", 1_000);
        var counts = Positions.ToDictionary(
            position => position,
            position => stances.Count(s => voters.Contains(s.Text("memberState")!) && s.Text("position") == position),
            StringComparer.Ordinal
        );
        counts["unknown"] = voters.Count - counts.Where(c => c.Key != "unknown").Sum(c => c.Value);
        counts["eligible"] = voters.Count;
        return counts;
    }

    private static async Task<Dictionary<string, int>> OfVotes(HttpClient admin, string id)
    {
        var votes = (await admin.GetJson($"/v1/resolutions/{id}/roll-call"))["votes"]!.AsArray();
        int Count(string vote) => votes.Count(v => v!.Text("vote") == vote);
        return new(StringComparer.Ordinal)
        {
            ["yes"] = Count("yes"),
            ["no"] = Count("no"),
            ["abstain"] = Count("abstain"),
            ["absent"] = Count("non-voting"),
        };
    }
}
