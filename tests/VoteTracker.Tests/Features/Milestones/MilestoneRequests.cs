using System.Text.Json;
using System.Text.Json.Nodes;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Milestones;

/// <summary>Requests for milestones.</summary>
internal static class MilestoneRequests
{
    /// <summary>The path of the timetable of a resolution.</summary>
    public static string Timetable(string resolution) => $"/v1/resolutions/{resolution}/milestones";

    /// <summary>A milestone with other fields: a debate on 1 December.</summary>
    public static JsonObject Body(object? fields = null)
    {
        var body = new JsonObject
        {
            ["kind"] = "debate",
            ["what"] = "Debate of the item",
            ["plannedOn"] = "2026-12-01",
        };
        foreach (var (name, value) in JsonSerializer.SerializeToNode(fields ?? new { })!.AsObject())
        {
            body[name] = value?.DeepClone();
        }
        return body;
    }

    /// <summary>Adds a milestone, and returns it.</summary>
    public static async Task<JsonNode> Plan(this App app, string resolution, object? fields = null)
    {
        using var coordinator = app.Coordinator;
        return await coordinator.Add(Timetable(resolution), Body(fields));
    }

    /// <summary>Changes a milestone, and returns it.</summary>
    public static async Task<JsonNode> Replan(this App app, string resolution, long id, string patch)
    {
        using var coordinator = app.Coordinator;
        using var answer = await coordinator.Patch($"{Timetable(resolution)}/{id}", patch);
        var json = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(200, json.ToJsonString());
        return json;
    }

    /// <summary>Deletes a milestone.</summary>
    public static async Task Cancel(this App app, string resolution, long id)
    {
        using var coordinator = app.Coordinator;
        using var answer = await coordinator.Send(HttpMethod.Delete, $"{Timetable(resolution)}/{id}");
        ((int)answer.StatusCode).ShouldBe(204);
    }

    /// <summary>Changes fields of a resolution.</summary>
    public static async Task ChangeFields(this App app, string resolution, string patch)
    {
        using var coordinator = app.Coordinator;
        using var answer = await coordinator.Patch($"/v1/resolutions/{resolution}", patch);
        ((int)answer.StatusCode).ShouldBe(200, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Records a roll call with one yes vote.</summary>
    public static async Task Vote(this App app, string resolution, string day = "2026-11-21")
    {
        using var coordinator = app.Coordinator;
        using var answer = await coordinator.Put(
            $"/v1/resolutions/{resolution}/roll-call?missing=non-voting",
            new { recordedOn = day, votes = new[] { new { memberState = "NOR", vote = "yes" } } }
        );
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }
}
