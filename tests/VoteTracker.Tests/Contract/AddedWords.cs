using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Contract;

/// <summary>The words that a later release added to enums of responses. A client of an earlier release does not know them.</summary>
internal static class AddedWords
{
    private static readonly Dictionary<string, string[]> BySchema = new(StringComparer.Ordinal)
    {
        ["ChangeKind"] =
        [
            "task",
            "assignment",
            "comment",
            "endorsement",
            "act",
            "pressure",
            "vote-day",
            "milestone",
            "session",
            "session-request",
            "council-veto",
        ],
        ["ChancesFrom"] = ["others"],
        ["EngagementKind"] = ["demonstration"],
    };

    /// <summary>The contract without these words. Each must be in it.</summary>
    public static JsonNode Remove(JsonNode contract)
    {
        foreach (var (schema, words) in BySchema)
        {
            var all = contract["components"]!["schemas"]![schema]!["enum"]!.AsArray();
            foreach (var word in words)
            {
                all.Remove(all.Single(w => w!.GetValue<string>() == word)).ShouldBeTrue();
            }
        }
        return contract;
    }
}
