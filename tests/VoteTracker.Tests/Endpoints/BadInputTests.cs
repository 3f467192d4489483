using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Endpoints;

/// <summary>A wrong request gets a clear 4xx and changes nothing: no version, no row in the feed.</summary>
public sealed class BadInputTests
{
    private const string Stance = """{"position": "yes", "certainty": "confirmed", "evidence": "meeting"}""";

    [Test]
    public async Task An_invalid_stance_is_a_400_that_names_every_wrong_field()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Each.Run(
            ((string, string[])[])
                [
                    ("{}", ["position", "certainty", "evidence"]),
                    ("""{"position": 1, "certainty": 0, "evidence": 2}""", ["position", "certainty", "evidence"]),
                    ("""{"position": "1", "certainty": "0", "evidence": "2"}""", ["position", "certainty", "evidence"]),
                    (
                        """{"position": "Yes", "certainty": "CONFIRMED", "evidence": "Meeting"}""",
                        ["position", "certainty", "evidence"]
                    ),
                    (
                        """{"position": " yes ", "certainty": "confirmed,likely", "evidence": ""}""",
                        ["position", "certainty", "evidence"]
                    ),
                    (
                        """{"position": "unknown", "certainty": null, "evidence": true}""",
                        ["position", "certainty", "evidence"]
                    ),
                    (
                        """{"position": ["yes"], "certainty": {}, "evidence": 1e400}""",
                        ["position", "certainty", "evidence"]
                    ),
                    (
                        """
                        {
                            "position": "maybe", "certainty": 9, "evidence": "rumour", "evidenceUrl": "javascript:alert(1)", "note": "",
                            "reason": 5, "contact": "\u0000"
                        }
                        """,
                        ["position", "certainty", "evidence", "evidenceUrl", "note", "reason", "contact"]
                    ),
                    (
                        """{"position": "yes", "position": "no", "certainty": "confirmed", "evidence": "meeting"}""",
                        ["position"]
                    ),
                    (
                        """{"position": "yes", "POSITION": "no", "certainty": "confirmed", "evidence": "meeting"}""",
                        ["POSITION"]
                    ),
                    (
                        """{"position": "yes", "certainty": "confirmed", "evidence": "meeting", "note": "a\u0000b"}""",
                        ["note"]
                    ),
                    ("""{"position": "yes", "certainty": "confirmed", "evidence": "meeting", "note": 1}""", ["note"]),
                    (
                        """{"position": "yes", "certainty": "confirmed", "evidence": "meeting", "evidenceUrl": "/a"}""",
                        ["evidenceUrl"]
                    ),
                    (
                        """{"position": "yes", "certainty": "confirmed", "evidence": "meeting", "note": "\ud800"}""",
                        ["note"]
                    ),
                    ("""{"position": "yes", "certainty": "confirmed", "evidence": "meeting"} {}""", ["body"]),
                    ("""{"position": "yes", "certainty": "confirmed", "evidence": "meeting",}""", []),
                    ("""{"position": "yes", /* no */ "certainty": "confirmed", "evidence": "meeting"}""", []),
                    ("""{'position': 'yes'}""", []),
                    ("{", []),
                    ("[]", ["body"]),
                    ("""[{"position": "yes", "certainty": "confirmed", "evidence": "meeting"}]""", ["body"]),
                    ("null", ["body"]),
                    ("7", ["body"]),
                    ("\"yes\"", ["body"]),
                    ("", ["body"]),
                    ("   ", ["body"]),
                    ("\0", ["body"]),
                    ("NaN", ["body"]),
                ],
            async wrong =>
            {
                var (json, fields) = wrong;
                await Unchanged(
                    app,
                    draft,
                    async () =>
                    {
                        using var answer = await Put(app.Lobbyist, $"/v1/resolutions/{draft}/stances/NOR", json);
                        var problem = await answer.ShouldBeProblem(400, fields);
                        if (fields.Length > 0)
                        {
                            problem["errors"]!.AsObject().Select(e => e.Key).ShouldBeInAnyOrder(fields);
                        }
                        problem["errors"]!.AsObject().ShouldNotBeEmpty();
                    }
                );
            }
        );
    }

    [Test]
    public async Task Texts_of_the_maximum_length_are_accepted_and_longer_ones_rejected()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var path = $"/v1/resolutions/{draft}/stances/NOR";
        await Unchanged(
            app,
            draft,
            async () =>
            {
                using var answer = await app.Lobbyist.Put(path, Of(4_001, 1_001, 2_001));
                await answer.ShouldBeProblem(400, "note", "reason", "evidenceUrl");
            }
        );
        using var taken = await app.Lobbyist.Put(path, Of(4_000, 1_000, 2_000));
        ((int)taken.StatusCode).ShouldBe(200);

        static object Of(int note, int reason, int url) =>
            new
            {
                position = "yes",
                certainty = "confirmed",
                evidence = "meeting",
                note = new string('é', note),
                reason = new string('中', reason),
                evidenceUrl = "https://example.org/".PadRight(url, 'x'),
            };
    }

    [Test]
    public async Task Bytes_that_are_not_UTF8_are_rejected()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        byte[] latin = [.. Encoding.UTF8.GetBytes(Stance[..^1] + ", \"note\": \""), 0xE9, (byte)'"', (byte)'}'];
        foreach (var bytes in (byte[][])[latin, Encoding.Unicode.GetBytes(Stance), [0xFF, 0xFE, 0x00]])
        {
            await Unchanged(
                app,
                draft,
                async () =>
                {
                    using var answer = await Put(app.Lobbyist, $"/v1/resolutions/{draft}/stances/NOR", bytes);
                    await answer.ShouldBeProblem(400);
                }
            );
        }
    }

    [Test]
    public async Task JSON_with_a_hundred_levels_is_rejected_in_every_place()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var arrays = new string('[', 100) + new string(']', 100);
        var objects = string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100);
        foreach (var deep in (string[])[arrays, objects])
        {
            foreach (
                var (method, path, json) in ((HttpMethod, string, string)[])
                    [
                        (HttpMethod.Put, $"/v1/resolutions/{draft}/stances/NOR", deep),
                        (HttpMethod.Put, $"/v1/resolutions/{draft}/stances/NOR", $$"""{"note": {{deep}}}"""),
                        (HttpMethod.Put, $"/v1/resolutions/{draft}/stances/NOR", $"{Stance[..^1]}, \"x\": {deep}}}"),
                        (HttpMethod.Put, $"/v1/resolutions/{draft}/roll-call", $$"""{"votes": {{deep}}}"""),
                        (HttpMethod.Patch, $"/v1/resolutions/{draft}", $$"""{"title": {{deep}}}"""),
                        (HttpMethod.Post, "/v1/resolutions", $$"""{"title": {{deep}}}"""),
                        (HttpMethod.Post, "/v1/contacts", deep),
                    ]
            )
            {
                await Unchanged(
                    app,
                    draft,
                    async () =>
                    {
                        using var answer = await Send(app.Coordinator, method, path, Encoding.UTF8.GetBytes(json));
                        await answer.ShouldBeProblem(400);
                    }
                );
            }
        }
    }

    [Test]
    public async Task A_body_of_another_type_is_a_415()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Each.Run(
            (string?[])["text/plain", "application/xml", "application/x-www-form-urlencoded", "text/csv", null],
            async contentType =>
            {
                foreach (
                    var (method, path) in ((HttpMethod, string)[])
                        [
                            (HttpMethod.Put, $"/v1/resolutions/{draft}/stances/NOR"),
                            (HttpMethod.Put, $"/v1/resolutions/{draft}/co-sponsors/NOR"),
                            (HttpMethod.Patch, $"/v1/resolutions/{draft}"),
                            (HttpMethod.Post, "/v1/resolutions"),
                            (HttpMethod.Post, "/v1/contacts"),
                        ]
                )
                {
                    await Unchanged(
                        app,
                        draft,
                        async () =>
                        {
                            using var answer = await Send(app.Coordinator, method, path, "{}"u8.ToArray(), contentType);
                            await answer.ShouldBeProblem(415);
                        }
                    );
                }
            }
        );
    }

    [TestCase("NOR", "7", 400)]
    [TestCase("NOR", "\"7", 400)]
    [TestCase("NOR", "nonsense", 400)]
    [TestCase("NOR", "\"1\" \"2\"", 400)]
    [TestCase("NOR", "", 428)]
    [TestCase("NOR", "W/\"2\"", 412)]
    [TestCase("NOR", "\"1\"", 412)]
    [TestCase("NOR", "\"02\"", 412)]
    [TestCase("NOR", "\"99999999999999999999999\"", 412)]
    [TestCase("NOR", "\"2; DROP TABLE stance\"", 412)]
    public async Task A_malformed_weak_or_old_condition_is_rejected(string iso3, string ifMatch, int status)
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.RecordStance(draft, iso3, "no");
        await Unchanged(
            app,
            draft,
            async () =>
            {
                foreach (var method in (HttpMethod[])[HttpMethod.Put, HttpMethod.Delete])
                {
                    using var answer = await Send(
                        app.Lobbyist,
                        method,
                        $"/v1/resolutions/{draft}/stances/{iso3}",
                        Encoding.UTF8.GetBytes(Stance),
                        ifMatch: ifMatch.Length == 0 ? null : ifMatch
                    );
                    await answer.ShouldBeProblem(status, status == 400 ? ["If-Match"] : []);
                }
            }
        );
    }

    [Test]
    public async Task If_None_Match_of_a_write_accepts_only_a_star()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Unchanged(
            app,
            draft,
            async () =>
            {
                foreach (var condition in (string[])["\"1\"", "*, *", "nonsense"])
                {
                    using var answer = await app.Lobbyist.Send(
                        HttpMethod.Put,
                        $"/v1/resolutions/{draft}/stances/NOR",
                        JsonNode.Parse(Stance),
                        ifMatch: null,
                        ifNoneMatch: condition
                    );
                    await answer.ShouldBeProblem(400, "If-None-Match");
                }
            }
        );
    }

    [Test]
    public async Task The_key_comes_before_the_condition_the_condition_before_the_body_the_body_before_the_version()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var path = $"/v1/resolutions/{draft}/stances/NOR";
        foreach (
            var (client, ifMatch, json, status) in ((HttpClient, string?, string, int)[])
                [
                    (app.Anonymous, null, "{", 401),
                    (app.Viewer, null, "{", 403),
                    (app.Lobbyist, null, "{", 428),
                    (app.Lobbyist, "\"9\"", "{", 400),
                    (app.Lobbyist, "\"9\"", Stance, 412),
                ]
        )
        {
            using var answer = await Send(client, HttpMethod.Put, path, Encoding.UTF8.GetBytes(json), ifMatch: ifMatch);
            await answer.ShouldBeProblem(status);
        }
    }

    [Test]
    public async Task A_stance_of_a_state_without_a_vote_is_a_404()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "positions" });
        await Each.Run(
            (string[])["XXX", "NO", "SUN", "YUG", "VAT", "PSE", "NOR%20", "%E2%80%AENOR", "NOR'--"],
            async iso3 =>
            {
                await Unchanged(
                    app,
                    draft,
                    async () =>
                    {
                        var path = $"/v1/resolutions/{draft}/stances/{iso3}";
                        using var put = await Put(app.Lobbyist, path, Stance);
                        await put.ShouldBeProblem(404);
                        using var delete = await app.Lobbyist.Send(HttpMethod.Delete, path);
                        await delete.ShouldBeProblem(404);
                        using var get = await app.Anonymous.GetAsync(path);
                        await get.ShouldBeProblem(404);
                        using var history = await app.Viewer.GetAsync(path + "/history");
                        await history.ShouldBeProblem(404);
                    }
                );
            }
        );
    }

    [Test]
    public async Task A_malformed_id_is_a_404_everywhere()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Each.Run(
            (string[])
                [
                    "es-10%2F27",
                    "es-10.27",
                    "..%2F..%2Fetc%2Fpasswd",
                    "%2e%2e",
                    "ES-10-27",
                    "es-10-27%20",
                    "%F0%9F%87%B3%F0%9F%87%B4",
                    "%FF%FE",
                    "ｅｓ-10-27",
                    "' OR '1'='1",
                    "x'; DELETE FROM resolution; --",
                    "%25",
                    "%3Cscript%3E",
                ],
            async id =>
            {
                await Unchanged(
                    app,
                    draft,
                    async () =>
                    {
                        foreach (
                            var path in (string[])
                                [
                                    $"/v1/resolutions/{id}",
                                    $"/v1/resolutions/{id}/tally",
                                    $"/v1/resolutions/{id}/tally/stream",
                                    $"/v1/resolutions/{id}/stances/NOR",
                                    $"/v1/resolutions/{id}/roll-call",
                                    $"/v1/sessions/{id}",
                                    $"/v1/contacts/{id}",
                                    $"/v1/contacts/{id}/engagements",
                                    $"/v1/member-states/{id}",
                                ]
                        )
                        {
                            using var answer = await app.Lobbyist.GetAsync(path);
                            await answer.ShouldBeProblem(404);
                        }
                        using var put = await Put(app.Lobbyist, $"/v1/resolutions/{id}/stances/NOR", Stance);
                        await put.ShouldBeProblem(404);
                        using var delete = await app.Admin.DeleteAsync($"/v1/api-keys/{id}");
                        await delete.ShouldBeProblem(404);
                    }
                );
            }
        );
    }

    [Test]
    public async Task A_chosen_id_that_is_malformed_is_rejected()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Each.Run(
            (string[])
                [
                    "es/10",
                    "es.10",
                    "-es-10",
                    "es-10-",
                    "ES-10",
                    "é",
                    "x\0",
                    "",
                    " ",
                    "'; DROP TABLE resolution; --",
                    "a2345678901234567890123456789012345678901234567890123456789012345",
                ],
            async id =>
            {
                await Unchanged(
                    app,
                    draft,
                    async () =>
                    {
                        using var answer = await app.Coordinator.PostAsJsonAsync(
                            "/v1/resolutions",
                            new
                            {
                                id,
                                symbol = "A/ES-10/L.99",
                                title = "A draft",
                                session = "es-10",
                                kind = "draft",
                            }
                        );
                        await answer.ShouldBeProblem(400, "id");
                    }
                );
            }
        );
    }

    [Test]
    public async Task A_taken_id_is_a_409_even_if_it_comes_from_the_symbol()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Unchanged(
            app,
            draft,
            async () =>
            {
                foreach (
                    var (id, symbol) in ((string?, string)[])
                        [
                            (draft, "A/ES-10/L.98"),
                            (null, "A/ES-10/L.34"),
                            (null, "A/es-10/l 34"),
                            (null, "A/RES/ES-10/27"),
                        ]
                )
                {
                    using var answer = await app.Coordinator.PostAsJsonAsync(
                        "/v1/resolutions",
                        new
                        {
                            id,
                            symbol,
                            title = "Another",
                            session = "es-10",
                            kind = "draft",
                        }
                    );
                    await answer.ShouldBeProblem(409);
                }
            }
        );
    }

    [Test]
    public async Task A_cursor_that_was_altered_or_belongs_to_another_list_is_rejected()
    {
        using var app = new App();
        await Each.Run(
            ((string, string)[])
                [
                    ("/v1/resolutions", "cursor"),
                    ("/v1/sessions", "cursor"),
                    ("/v1/member-states", "cursor"),
                    ("/v1/contacts", "cursor"),
                    ("/v1/api-keys", "cursor"),
                    ("/v1/changes", "after"),
                ],
            async wrong =>
            {
                var (list, name) = wrong;
                for (var i = 0; i < 2; i++)
                {
                    (
                        await app.Lobbyist.PostAsJsonAsync(
                            "/v1/contacts",
                            new
                            {
                                memberState = "NOR",
                                name = "Desk",
                                office = "mission",
                            }
                        )
                    ).EnsureSuccessStatusCode();
                }
                using var _ = app.Viewer;
                using var first = await app.Admin.GetAsync($"{list}?limit=1");
                var next = first.Headers.GetValues("Link").Single().Split('<', '>')[1];
                var cursor = next.Split($"{name}=")[1].Split('&')[0];
                using var good = await app.Admin.GetAsync(next);
                ((int)good.StatusCode).ShouldBe(200);
                var other = list == "/v1/sessions" ? "/v1/resolutions" : "/v1/sessions";
                using var otherList = await app.Admin.GetAsync($"{other}?limit=1");
                var foreign = otherList
                    .Headers.GetValues("Link")
                    .Single()
                    .Split('<', '>')[1]
                    .Split("cursor=")[1]
                    .Split('&')[0];
                foreach (
                    var bad in (string[])
                        [
                            (cursor[0] == 'A' ? "B" : "A") + cursor[1..],
                            cursor[..^2] + (cursor[^2] == 'A' ? "B" : "A") + cursor[^1],
                            cursor + "AAAA",
                            cursor[..^4],
                            cursor[..8],
                            foreign,
                            "1",
                            "",
                            "%00",
                            "'; DROP TABLE contact; --",
                            new string('A', 5_000),
                            $"{cursor}&{name}={cursor}",
                        ]
                )
                {
                    using var answer = await app.Admin.GetAsync($"{list}?{name}={bad}");
                    await answer.ShouldBeProblem(400, name);
                }
            }
        );
    }

    [Test]
    public async Task A_limit_is_a_number_from_1_to_1000()
    {
        using var app = new App();
        await Each.Run(
            (string[])["0", "-1", "1001", "99999999999999999999", "1e2", "x", "", "1&limit=2"],
            async limit =>
            {
                foreach (
                    var list in (string[])["/v1/resolutions", "/v1/changes", "/v1/resolutions/es-10-27/co-sponsors"]
                )
                {
                    using var answer = await app.Viewer.GetAsync($"{list}?limit={limit}");
                    await answer.ShouldBeProblem(400, "limit");
                }
            }
        );
    }

    [Test]
    public async Task Huge_numbers_and_impossible_days_are_rejected()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Each.Run(
            ((string, string)[])[("NOR", "from"), ("NOR", "reason")],
            async wrong =>
            {
                var (iso3, field) = wrong;
                await Unchanged(
                    app,
                    draft,
                    async () =>
                    {
                        foreach (
                            var value in (string[])["1e999", "123456789012345678901234567890", "\"2026-13-01\"", "{}"]
                        )
                        {
                            using var answer = await Put(
                                app.Coordinator,
                                $"/v1/member-states/{iso3}/ineligibility",
                                $$"""{"{{field}}": {{value}}}"""
                            );
                            await answer.ShouldBeProblem(400, "from", "reason");
                        }
                    }
                );
            }
        );
    }

    [TestCase("""{"position": "yes", """)]
    [TestCase("{")]
    [TestCase("[[")]
    public async Task JSON_that_ends_too_early_is_not_well_formed(string body)
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var answer = await Put(app.Lobbyist, $"/v1/resolutions/{draft}/stances/NOR", body);
        var problem = await answer.ShouldBeProblem(400, "body");
        problem["detail"]!.GetValue<string>().ShouldContain("well formed");
    }

    [Test]
    public async Task A_wrong_word_in_a_list_is_named_with_its_path_and_the_accepted_words()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var answer = await Put(
            app.Coordinator,
            $"/v1/resolutions/{draft}/roll-call",
            """
            {
                "recordedOn": "2026-11-20",
                "votes": [
                    {"memberState": "NOR", "vote": "yes"}, {"memberState": "ZAF", "vote": "aye"},
                    {"memberState": 7, "vote": "no"}, "USA"
                ]
            }
            """
        );
        var problem = await answer.ShouldBeProblem(400, "votes[1].vote", "votes[2].memberState", "votes[3]");
        problem["errors"]!["votes[1].vote"]!.ToJsonString().ShouldContain("yes, no, abstain, non-voting");
    }

    [Test]
    public async Task A_body_that_is_declared_as_compressed_is_not_read_as_JSON()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Unchanged(
            app,
            draft,
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Put, $"/v1/resolutions/{draft}/stances/NOR")
                {
                    Content = new ByteArrayContent([0x1F, 0x8B, 8, 0, 0, 0, 0, 0]),
                };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                request.Content.Headers.ContentEncoding.Add("gzip");
                request.Headers.TryAddWithoutValidation("If-Match", "*").ShouldBeTrue();
                using var answer = await app.Lobbyist.SendAsync(request);
                await answer.ShouldBeProblem(400);
            }
        );
    }

    private static async Task Unchanged(App app, string draft, Func<Task> wrong)
    {
        var before = await State(app, draft);
        await wrong();
        (await State(app, draft)).ShouldBe(before, "nothing changed");
    }

    private static async Task<string> State(App app, string draft) =>
        (await app.Admin.GetJson($"/v1/resolutions/{draft}")).ToJsonString()
        + (await app.Admin.GetJson($"/v1/resolutions/{draft}/stances/NOR")).ToJsonString()
        + (await app.Admin.GetJson("/v1/changes?limit=1000"))["items"]!.AsArray().Count;

    private static Task<HttpResponseMessage> Put(HttpClient client, string path, string json) =>
        Put(client, path, Encoding.UTF8.GetBytes(json));

    private static Task<HttpResponseMessage> Put(HttpClient client, string path, byte[] body) =>
        Send(client, HttpMethod.Put, path, body);

    private static Task<HttpResponseMessage> Send(
        HttpClient client,
        HttpMethod method,
        string path,
        byte[] body,
        string? contentType = "application/json",
        string? ifMatch = "*"
    )
    {
        var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(body) };
        if (contentType is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType).ShouldBeTrue();
        }
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch).ShouldBeTrue();
        }
        return client.SendAsync(request);
    }
}
