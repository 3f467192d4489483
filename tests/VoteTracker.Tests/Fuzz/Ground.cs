using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Fuzz;

/// <summary>What the requests find in the service, and the values of their placeholders: ids, tags, a cursor.</summary>
internal sealed class Ground
{
    private readonly ConcurrentDictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _tags = new(StringComparer.Ordinal);
    private int _made;

    /// <summary>The keys by role.</summary>
    public Dictionary<string, string?> Keys { get; } =
        new(StringComparer.Ordinal)
        {
            ["anonymous"] = null,
            ["admin"] = App.AdminKey,
            [RequestMaker.UnknownKey] = "vt_a-key-that-no-service-has-made-0123456789",
        };

    /// <summary>Creates drafts of every visibility, a session, vetoes, contacts, keys and an import.</summary>
    public async Task Prepare(HttpClient admin)
    {
        foreach (var role in RequestMaker.Roles.Where(r => !Keys.ContainsKey(r)))
        {
            Keys[role] = (await Create(admin, "/v1/api-keys", new { label = $"fuzz {role}", role }))["key"]!.ToString();
        }
        for (var i = 0; i < Values.Resolutions; i++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"fuzz-{i}");
            var visibility = (string[])["positions", "tally", "private"];
            await admin.OpenDraft(new { id, visibility = visibility[i % 3] }, $"A/ES-10/L.{500 + i}");
            await admin.RecordStance(id, "NOR", i % 2 == 0 ? "yes" : "no");
        }
        await Create(
            admin,
            "/v1/sessions",
            new
            {
                id = "es-12",
                kind = "new-emergency-session",
                subject = "A question",
            }
        );
        for (var i = 0; i < Values.Vetoes; i++)
        {
            var veto = new
            {
                draft = $"S/2026/{i}",
                on = "2026-11-20",
                subject = "A question",
                against = (string[])["FRA"],
            };
            await Create(admin, "/v1/council-vetoes", veto);
        }
        for (var i = 0; i < Values.Contacts; i++)
        {
            var contact = new
            {
                memberState = "NOR",
                name = $"Office {i}",
                office = "mission",
            };
            Learn("/v1/contacts", await Create(admin, "/v1/contacts", contact));
        }
        for (var i = 0; i < Values.Keys; i++)
        {
            Learn("/v1/api-keys", await Create(admin, "/v1/api-keys", new { label = $"spare {i}", role = "viewer" }));
        }
        Learn(
            "/v1/webhooks",
            await Create(
                admin,
                "/v1/webhooks",
                new { url = "http://127.0.0.1:9/", events = (string[])["stance.changed"] }
            )
        );
        for (var i = 0; i < Values.Resolutions; i++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"/v1/resolutions/fuzz-{i}/share-links");
            LearnLink(await Create(admin, path, new { scope = "positions", label = "fuzz" }), i);
        }
        LearnCalendar(await Create(admin, "/v1/calendars", new { kind = "personal" }));
    }

    /// <summary>The value of a placeholder of a request.</summary>
    public string Value(FuzzRequest request, string placeholder) =>
        placeholder == "tag"
            ? _tags.GetValueOrDefault(request.Path, "\"1\"")
            : _values.GetValueOrDefault(placeholder, "abcdefghijkl");

    /// <summary>Keeps what later requests name.</summary>
    public void Learn(FuzzRequest request, FuzzResponse response)
    {
        if (response.Status == 200 && response.Header("ETag") is { } tag && request.Path.Length < 60)
        {
            _tags[request.Path] = tag;
        }
        if (response.Header("Link")?.Split('<', '>')[1] is { } next)
        {
            var cursor = next[(Math.Max(next.LastIndexOf('?'), next.LastIndexOf('&')) + 1)..].Split('=');
            _values[cursor[0]] = cursor[^1];
        }
        if (
            request
                is {
                    Method: "POST",
                    Target.Template: "/v1/contacts" or "/v1/api-keys" or "/v1/webhooks" or "/v1/imports/roll-calls"
                }
            && response.Status is 201 or 202
        )
        {
            Learn(request.Target.Template, JsonNode.Parse(response.Body)!);
        }
        if (
            request is { Method: "POST", Target.Template: "/v1/resolutions/{id}/stances/import" }
            && response.Status == 200
            && JsonNode.Parse(response.Body)!["id"] is { } import
        )
        {
            _values["stances-00"] = import.GetValue<string>();
        }
        if (
            request is { Method: "POST", Target.Template: "/v1/resolutions/{id}/share-links" }
            && response.Status == 201
            && JsonNode.Parse(response.Body) is { } link
        )
        {
            // It may expire soon, so the others stay.
            LearnLink(link, 0);
        }
        if (
            request is { Method: "POST", Target.Template: "/v1/calendars" }
            && response.Status == 201
            && JsonNode.Parse(response.Body) is { } calendar
        )
        {
            LearnCalendar(calendar);
        }
    }

    private void LearnCalendar(JsonNode calendar)
    {
        _values["calendar-00"] = calendar["id"]!.GetValue<string>();
        _values["calendar-secret-00"] = calendar["url"]!.GetValue<string>().Split('/')[^1].Split('.')[0];
    }

    private void LearnLink(JsonNode link, int number)
    {
        _values["link-00"] = link["id"]!.GetValue<string>();
        _values[string.Create(CultureInfo.InvariantCulture, $"shared-{number:00}")] = link["url"]!
            .GetValue<string>()
            .Split('/')[^1];
    }

    private void Learn(string template, JsonNode made)
    {
        var number = Interlocked.Increment(ref _made);
        var (name, count) = template switch
        {
            "/v1/contacts" => ("contact", Values.Contacts),
            "/v1/api-keys" => ("key", Values.Keys),
            "/v1/webhooks" => ("webhook", 1),
            _ => ("import", 1),
        };
        if (made is JsonObject && made["id"]?.GetValueKind() == JsonValueKind.String)
        {
            var placeholder = string.Create(CultureInfo.InvariantCulture, $"{name}-{number % count:00}");
            _values[placeholder] = made["id"]!.GetValue<string>();
        }
    }

    private static async Task<JsonNode> Create(HttpClient admin, string path, object body)
    {
        using var answer = await admin.PostAsJsonAsync(path, body);
        answer.EnsureSuccessStatusCode();
        return await answer.Json();
    }
}
