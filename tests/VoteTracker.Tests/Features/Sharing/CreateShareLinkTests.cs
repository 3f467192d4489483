namespace VoteTracker.Tests.Features.Sharing;

[EveryEngine]
public sealed class CreateShareLinkTests
{
    [Test]
    public async Task A_link_has_160_random_bits_and_its_address_is_shown_once()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var coordinator = app.Coordinator;
        var secrets = new HashSet<string>(StringComparer.Ordinal);
        foreach (var scope in (string[])["tally", "positions"])
        {
            using var answer = await SharedLinks.Post(
                coordinator,
                id,
                new
                {
                    scope,
                    label = "Newsroom",
                    expiresAt = "2026-12-01T09:00:00+01:00",
                }
            );
            var made = await answer.Json();
            ((int)answer.StatusCode).ShouldBe(201, made.ToJsonString());
            answer.Headers.Location!.ToString().ShouldBe($"/v1/resolutions/{id}/share-links");
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
            var url = made.Text("url")!;
            url.ShouldMatch("^http://localhost/shared/[a-z2-9]{32}$");
            secrets.Add(url).ShouldBeTrue();
            made.Text("scope").ShouldBe(scope);
            made.Text("label").ShouldBe("Newsroom");
            made.Text("createdBy").ShouldBe("coordinator");
            made.Text("createdAt").ShouldBe("2026-11-21T15:00:00Z");
            made.Text("expiresAt").ShouldBe("2026-12-01T08:00:00Z");
        }
        var listed = await coordinator.GetItems($"/v1/resolutions/{id}/share-links");
        listed.Count.ShouldBe(2);
        foreach (var link in listed)
        {
            var text = link!.ToJsonString();
            text.ShouldNotContain("url");
            text.ShouldNotContain("hash");
            secrets.ShouldAllBe(url => !text.Contains(url.Substring(url.Length - 32), StringComparison.Ordinal));
            link.Int("uses").ShouldBe(0);
            link["lastUsedAt"].ShouldBeNull();
            link["revokedAt"].ShouldBeNull();
        }
    }

    [Test]
    public async Task The_address_begins_with_the_public_address_of_the_service()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PublicUrl"] = "https://votes.example/un",
        };
        using var app = new App(settings: settings);
        var id = await app.OpenDraft();
        using var answer = await SharedLinks.Post(app.Coordinator, id, new { scope = "tally", label = "x" });
        (await answer.Json()).Text("url")!.ShouldStartWith("https://votes.example/un/shared/");
    }

    [TestCase("""{"scope": "everything", "label": "x"}""", "scope")]
    [TestCase("""{"scope": "Tally", "label": "x"}""", "scope")]
    [TestCase("""{"scope": null, "label": "x"}""", "scope")]
    [TestCase("""{"label": "x"}""", "scope")]
    [TestCase("""{"scope": "tally"}""", "label")]
    [TestCase("""{"scope": "tally", "label": "  "}""", "label")]
    [TestCase("""{"scope": "tally", "label": 7}""", "label")]
    [TestCase("""{"scope": "tally", "label": "x", "expiresAt": "2026-11-21T14:59:59Z"}""", "expiresAt")]
    [TestCase("""{"scope": "tally", "label": "x", "expiresAt": "2026-11-21T15:00:00Z"}""", "expiresAt")]
    [TestCase("""{"scope": "tally", "label": "x", "expiresAt": "2026-12-01T09:00:00"}""", "expiresAt")]
    [TestCase("""{"scope": "tally", "label": "x", "expiresAt": "2026-12-01"}""", "expiresAt")]
    [TestCase("""{"scope": "tally", "label": "x", "expiresAt": "tomorrow"}""", "expiresAt")]
    [TestCase("""{"scope": "tally", "label": "x", "expires": "2026-12-01T09:00:00Z"}""", "expires")]
    [TestCase("""{"scope": "tally", "label": "x", "secret": "chosen"}""", "secret")]
    [TestCase("""{"expiresAt": "2020-01-01T00:00:00Z"}""", "scope,label,expiresAt")]
    [AnyEngine]
    public async Task A_wrong_field_is_named_and_nothing_is_created(string body, string fields)
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var coordinator = app.Coordinator;
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await coordinator.PostAsync($"/v1/resolutions/{id}/share-links", content);
        var problem = await answer.ShouldBeProblem(400);
        foreach (var field in fields.Split(','))
        {
            problem["errors"]!.AsObject().ContainsKey(field).ShouldBeTrue(problem.ToJsonString());
        }
        (await coordinator.GetItems($"/v1/resolutions/{id}/share-links")).ShouldBeEmpty();
    }

    [Test]
    public async Task A_label_has_100_characters_at_most()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var longest = await SharedLinks.Post(
            app.Coordinator,
            id,
            new { scope = "tally", label = new string('x', 100) }
        );
        ((int)longest.StatusCode).ShouldBe(201);
        using var longer = await SharedLinks.Post(
            app.Coordinator,
            id,
            new { scope = "tally", label = new string('x', 101) }
        );
        await longer.ShouldBeProblem(400, "label");
    }

    [Test]
    public async Task A_repetition_with_the_same_idempotency_key_returns_the_same_link()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var coordinator = app.Coordinator;
        coordinator.DefaultRequestHeaders.Add("Idempotency-Key", "one");
        var body = new { scope = "tally", label = "x" };
        using var first = await SharedLinks.Post(coordinator, id, body);
        using var second = await SharedLinks.Post(coordinator, id, body);
        second.Headers.GetValues("Idempotency-Replayed").ShouldHaveSingleItem().ShouldBe("true");
        (await second.Json()).ToJsonString().ShouldBe((await first.Json()).ToJsonString());
        (await coordinator.GetItems($"/v1/resolutions/{id}/share-links")).Count.ShouldBe(1);
        using var other = await SharedLinks.Post(coordinator, id, new { scope = "positions", label = "x" });
        await other.ShouldBeProblem(422);
    }

    [Test]
    public async Task A_thousand_links_are_valid_at_most_and_an_ended_one_makes_room()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var last = await app.Share(id);
        var rows = Enumerable
            .Range(0, 1_000)
            .Select(i =>
                $"('{i:000000000000}', '{id}', 'x', 'tally', 'lookup {i}', 'h', '2026-11-21T15:00:00.000000Z', 'x', '2026-11-22T15:00:00.000000Z', 0)"
            );
        Databases.Execute(
            app.Folder,
            $"""
            INSERT INTO share_link (id, resolution, label, scope, lookup, hash, created_at, created_by, expires_at, uses)
            VALUES {string.Join(", ", rows.Take(999))}
            """
        );
        using var coordinator = app.Coordinator;
        for (var i = 0; i < 3; i++)
        {
            using var refused = await SharedLinks.Post(coordinator, id, new { scope = "tally", label = "x" });
            var problem = await refused.ShouldBeProblem(409);
            problem.Text("type").ShouldBe("/problems/too-many-share-links");
            problem.Text("detail")!.ShouldContain("1000");
        }
        await app.Revoke(id, last);
        var fits = await app.Share(id);
        (await app.Anonymous.GetAsync(fits.Path + "/tally")).EnsureSuccessStatusCode();
        using var full = await SharedLinks.Post(coordinator, id, new { scope = "tally", label = "x" });
        await full.ShouldBeProblem(409);
        // The others expire.
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.Share(id);
    }

    [Test]
    public async Task The_list_is_paged_and_has_the_newest_first()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var created = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            created.Add((await app.Share(id)).Id);
            // Two links of the same moment, too.
            app.Clock.Advance(TimeSpan.FromSeconds(i % 2));
        }
        using var coordinator = app.Coordinator;
        var all = (await coordinator.GetItems($"/v1/resolutions/{id}/share-links"))
            .Select(link => link!.Text("id")!)
            .ToList();
        all.ShouldBeInAnyOrder(created);
        all[0].ShouldBe(created[^1]);
        var paged = new List<string>();
        string? next = $"/v1/resolutions/{id}/share-links?limit=2";
        while (next is not null)
        {
            using var answer = await coordinator.GetAsync(next);
            var items = (await answer.Json())["items"]!.AsArray();
            items.Count.ShouldBeInRange(1, 2);
            paged.AddRange(items.Select(link => link!.Text("id")!));
            next = answer.NextPage();
        }
        paged.ShouldBe(all);
    }

    [Test]
    public async Task Only_coordinators_create_list_and_revoke_links_of_a_resolution_that_exists()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "positions" });
        var other = await app.OpenDraft(new { id = "other-draft" }, symbol: "A/ES-10/L.35");
        var link = await app.Share(id);
        foreach (var role in (string[])["viewer", "lobbyist"])
        {
            using var client = app.As(role);
            using var created = await SharedLinks.Post(client, id, new { scope = "tally", label = "x" });
            await created.ShouldBeProblem(403);
            using var listed = await client.GetAsync($"/v1/resolutions/{id}/share-links");
            await listed.ShouldBeProblem(403);
            using var revoked = await client.DeleteAsync($"/v1/resolutions/{id}/share-links/{link.Id}");
            await revoked.ShouldBeProblem(403);
        }
        using var coordinator = app.Coordinator;
        using var missing = await SharedLinks.Post(coordinator, "no-draft", new { scope = "tally", label = "x" });
        await missing.ShouldBeProblem(404);
        using var none = await coordinator.GetAsync("/v1/resolutions/no-draft/share-links");
        await none.ShouldBeProblem(404);
        using var ofOther = await coordinator.DeleteAsync($"/v1/resolutions/{other}/share-links/{link.Id}");
        await ofOther.ShouldBeProblem(404);
        using var bySecret = await coordinator.DeleteAsync($"/v1/resolutions/{id}/share-links/{link.Secret}");
        await bySecret.ShouldBeProblem(404);
        (await app.Anonymous.GetAsync(link.Path + "/tally")).EnsureSuccessStatusCode();
    }
}
