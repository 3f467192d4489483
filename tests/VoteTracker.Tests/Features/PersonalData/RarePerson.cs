using System.Net.Http.Json;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.PersonalData;

/// <summary>A person with a rare name, and every text that can have it.</summary>
internal static class RarePerson
{
    public const string First = "Quetzalwyn";
    public const string Last = "Vandermeerk";
    public const string Name = $"{First} {Last}";

    /// <summary>
    /// Writes the name in each text of a contact, twice, so that it has a history. Each POST has an `Idempotency-Key`, so that
    /// its response is stored. Returns the id of the contact.
    /// </summary>
    public static async Task<string> WriteEverywhere(HttpClient admin, string draft)
    {
        var contact = await Post(
            admin,
            "/v1/contacts",
            new
            {
                memberState = "NOR",
                name = Name,
                title = $"Ambassador {Name}",
                office = "mission",
                email = $"{First}@example.org",
                phone = $"by {First}",
                languages = Last,
                notes = $"{Name} likes tea",
            }
        );
        await Change(admin, $"/v1/contacts/{contact}", new { notes = $"{Name} likes coffee" });
        var engagement = await Post(
            admin,
            "/v1/engagements",
            new
            {
                memberState = "NOR",
                contacts = new[] { contact },
                kind = "meeting",
                on = "2026-11-20",
                summary = $"{Name} spoke",
                outcome = $"{Last} agreed",
                tasks = new object[] { new { what = $"Thank {Name}" } },
            }
        );
        await Change(
            admin,
            $"/v1/engagements/{engagement}",
            new { summary = $"{Name} spoke long", outcome = $"{Last} will ask" }
        );
        await Post(
            admin,
            $"/v1/contacts/{contact}/engagements",
            new
            {
                kind = "call",
                on = "2026-11-20",
                summary = $"{First} called",
            }
        );
        var task = await Post(
            admin,
            "/v1/tasks",
            new
            {
                what = $"Write to {Name}",
                memberState = "NOR",
                contact,
                assignee = "me",
                dueOn = DateTime.UtcNow.Date.AddDays(3).ToString("yyyy-MM-dd", null),
            }
        );
        await Change(admin, $"/v1/tasks/{task}", new { what = $"Write to {Name} again" });
        await Post(admin, $"/v1/resolutions/{draft}/stances/NOR/comments", new { text = $"Ask {Name} first" });
        using var stance = await admin.Put(
            $"/v1/resolutions/{draft}/stances/NOR",
            new
            {
                position = "yes",
                certainty = "likely",
                evidence = "meeting",
                contact,
            }
        );
        stance.EnsureSuccessStatusCode();
        return contact;
    }

    /// <summary>The addresses of the other records, and of their histories.</summary>
    public static string[] OtherRecords(string draft) =>
        [
            $"/v1/resolutions/{draft}/stances/SWE",
            $"/v1/resolutions/{draft}/stances/SWE/history",
            $"/v1/resolutions/{draft}/co-sponsors/SWE",
            $"/v1/resolutions/{draft}/co-sponsors/SWE/history",
            $"/v1/resolutions/{draft}/milestones/1",
            $"/v1/resolutions/{draft}/milestones/1/history",
            "/v1/member-states/FIN/ineligibility",
            "/v1/sessions/es-10/requests/SWE",
            "/v1/sessions/es-10/requests/SWE/history",
            "/v1/pressures/1",
            "/v1/endorsements/1",
            "/v1/acts/1",
            $"/v1/views/{Last}",
        ];

    /// <summary>
    /// Writes texts that name the person without being a part of the contact. A link of evidence is not encrypted, and SQLite
    /// can keep a replaced one in the free space of its file, so none has the name.
    /// </summary>
    public static async Task WriteInOtherRecords(HttpClient admin, string draft)
    {
        await Put(
            admin,
            $"/v1/resolutions/{draft}/stances/SWE",
            new
            {
                position = "yes",
                certainty = "likely",
                evidence = "second-hand",
                note = $"{Name} said so",
                reason = $"{Name} called",
            }
        );
        await Put(
            admin,
            $"/v1/resolutions/{draft}/co-sponsors/SWE",
            new
            {
                status = "wanted",
                role = "main",
                note = $"Through {Name}",
            }
        );
        await Put(
            admin,
            "/v1/sessions/es-10/requests/SWE",
            new { requestedOn = "1997-03-20", note = $"{Name} signed" }
        );
        await Put(
            admin,
            "/v1/member-states/FIN/ineligibility",
            new
            {
                from = "2026-11-01",
                reason = "article-19",
                note = $"{Name} said so",
            }
        );
        await Put(admin, $"/v1/views/{Last}", new { filter = $"q={Last}" });
        await admin.Add(
            $"/v1/resolutions/{draft}/milestones",
            new
            {
                kind = "debate",
                what = $"Debate of {Name}",
                plannedOn = "2026-12-01",
                note = $"{Name} prints it",
            }
        );
        await admin.Add(
            "/v1/pressures",
            new
            {
                memberState = "SWE",
                from = Last,
                kind = "other",
                towards = "abstain",
                level = "low",
            }
        );
        await admin.Add(
            "/v1/endorsements",
            new
            {
                organisation = $"Friends of {Name}",
                memberState = "SWE",
                @public = false,
            }
        );
        await admin.Add(
            "/v1/acts",
            new
            {
                memberState = "SWE",
                kind = "statement",
                title = $"Speech of {Name}",
                url = $"https://example.org/{First}",
                on = "2026-11-20",
            }
        );
    }

    /// <summary>Corrects or deletes the other records, as a user does. The history of some still has the name.</summary>
    public static async Task Correct(HttpClient admin, string draft)
    {
        await Put(
            admin,
            $"/v1/resolutions/{draft}/stances/SWE",
            new
            {
                position = "yes",
                certainty = "likely",
                evidence = "second-hand",
            }
        );
        await Put(admin, $"/v1/resolutions/{draft}/co-sponsors/SWE", new { status = "wanted", role = "main" });
        await Put(admin, "/v1/sessions/es-10/requests/SWE", new { requestedOn = "1997-03-20" });
        await Change(admin, $"/v1/resolutions/{draft}/milestones/1", new { what = "Debate", note = (string?)null });
        foreach (
            var path in (string[])
                [
                    "/v1/pressures/1",
                    "/v1/endorsements/1",
                    "/v1/acts/1",
                    $"/v1/views/{Last}",
                    "/v1/member-states/FIN/ineligibility",
                ]
        )
        {
            using var deleted = await admin.Send(HttpMethod.Delete, path);
            deleted.IsSuccessStatusCode.ShouldBeTrue(path);
        }
    }

    private static async Task Put(HttpClient client, string path, object body)
    {
        using var answer = await client.Send(HttpMethod.Put, path, body);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {await answer.Content.ReadAsStringAsync()}");
    }

    private static async Task<string> Post(HttpClient client, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await client.SendAsync(request);
        var json = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(201, json.ToJsonString());
        return json["id"]!.ToString();
    }

    private static async Task Change(HttpClient client, string path, object change)
    {
        using var answer = await client.Send(HttpMethod.Patch, path, change);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }
}
