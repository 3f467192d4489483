using System.Net.Http.Json;
using System.Text;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Features.Contacts;

[OnlySqlite]
public sealed class ErasureTests
{
    [Test]
    public async Task Erased_contacts_are_not_in_the_database_file_after_it_is_closed()
    {
        const string marker = "ERASE-ME-WHOLLY";
        using var folder = new Folder();
        string file;
        var texts = new HashSet<string>(StringComparer.Ordinal);
        using (var app = new App(folder: folder))
        {
            file = app.DatabaseFile;
            var lobbyist = app.Lobbyist;
            var paths = new List<string>();
            for (var i = 0; i < 60; i++)
            {
                // Long enough that pages split and rows are moved while they fill.
                using var added = await lobbyist.PostAsJsonAsync(
                    "/v1/contacts",
                    new
                    {
                        memberState = "NOR",
                        name = $"{marker} {i}",
                        office = "mission",
                        notes = new string('n', 40 * i) + marker,
                    }
                );
                ((int)added.StatusCode).ShouldBe(201);
                paths.Add(added.Headers.Location!.ToString());
                using var talk = await lobbyist.PostAsJsonAsync(
                    $"{paths[^1]}/engagements",
                    new
                    {
                        kind = "call",
                        on = "2026-11-20",
                        summary = $"{marker} said so",
                    }
                );
                ((int)talk.StatusCode).ShouldBe(201);
            }
            texts.UnionWith(StoredTexts.List(app.Folder));
            foreach (var path in paths.Where((_, i) => i % 3 == 0))
            {
                using var body = JsonContent.Create(new { notes = "shorter" });
                using var request = new HttpRequestMessage(HttpMethod.Patch, path) { Content = body };
                request.Headers.TryAddWithoutValidation("If-Match", "*");
                using var patched = await lobbyist.SendAsync(request);
                ((int)patched.StatusCode).ShouldBe(200);
            }
            texts.UnionWith(StoredTexts.List(app.Folder));
            foreach (var path in paths)
            {
                using var erased = await lobbyist.Send(HttpMethod.Delete, path, ifMatch: "*");
                ((int)erased.StatusCode).ShouldBe(204);
            }
        }
        File.Exists(file + "-wal").ShouldBeFalse("closing folds the log into the file");
        var bytes = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
        bytes.ShouldNotContain(marker);
        texts.Count.ShouldBeGreaterThan(100);
        texts.Where(text => bytes.Contains(text, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Test]
    public async Task Erased_data_is_in_no_file_when_the_response_is_sent()
    {
        using var app = new App();
        var (path, texts) = await AddAndEdit(app);
        StoredTexts.FindFiles(app.Folder, texts).ShouldNotBeEmpty("the test finds it where it is");
        using var erased = await app.Lobbyist.Send(HttpMethod.Delete, path);
        ((int)erased.StatusCode).ShouldBe(204);
        StoredTexts.FindFiles(app.Folder, texts).ShouldBeEmpty();
    }

    [Test]
    public async Task A_deleted_comment_is_in_no_file_when_the_response_is_sent()
    {
        using var app = new App();
        var path = $"/v1/resolutions/{await app.OpenDraft()}/stances/NOR/comments";
        using var added = await app.Lobbyist.PostAsJsonAsync(path, new { text = "Secret comment" });
        ((int)added.StatusCode).ShouldBe(201);
        var texts = StoredTexts.List(app.Folder);
        StoredTexts.FindFiles(app.Folder, texts).ShouldNotBeEmpty("the test finds it where it is");
        using var deleted = await app.Lobbyist.DeleteAsync($"{path}/1");
        ((int)deleted.StatusCode).ShouldBe(204);
        StoredTexts.FindFiles(app.Folder, texts).ShouldBeEmpty();
    }

    [Test]
    public async Task A_deleted_comment_is_in_no_stored_response()
    {
        using var app = new App();
        var path = $"/v1/resolutions/{await app.OpenDraft()}/stances/NOR/comments";
        Task<HttpResponseMessage> Post(string key, string text)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(new { text }) };
            request.Headers.Add("Idempotency-Key", key);
            return app.Lobbyist.SendAsync(request);
        }
        using var first = await Post("a", "One");
        using var second = await Post("b", "Two");
        var id = (await second.Json()).Field("id")!.GetValue<long>();
        using var deleted = await app.Coordinator.DeleteAsync($"{path}/{id}");
        ((int)deleted.StatusCode).ShouldBe(204);
        using var other = await Post("a", "One");
        other.Headers.Contains("Idempotency-Replayed").ShouldBeTrue("the other response stays");
        using var again = await Post("b", "Two");
        again.Headers.Contains("Idempotency-Replayed").ShouldBeFalse();
        (await again.Json()).Field("id")!.GetValue<long>().ShouldNotBe(id);
    }

    [Test]
    public async Task Replaced_data_is_in_no_file_when_the_response_is_sent()
    {
        using var app = new App();
        var (path, texts) = await AddAndEdit(app);
        using var changed = await app.Lobbyist.Patch(path, """{"name": "Somebody", "notes": null, "email": null}""");
        ((int)changed.StatusCode).ShouldBe(200);
        StoredTexts.FindFiles(app.Folder, [.. texts.Except(StoredTexts.List(app.Folder))]).ShouldBeEmpty();
    }

    [Test]
    public async Task While_a_reader_needs_the_older_state_the_data_is_erased_after_the_response()
    {
        using var app = new App(hasOtherWriters: true);
        var (path, texts) = await AddAndEdit(app);
        using (var reader = Databases.Open(app.Folder))
        {
            using var begin = reader.CreateCommand();
            begin.CommandText = "BEGIN; SELECT COUNT(*) FROM contact";
            begin.ExecuteScalar();
            using var erased = await app.Lobbyist.Send(HttpMethod.Delete, path);
            ((int)erased.StatusCode).ShouldBe(204);
            StoredTexts.FindFiles(app.Folder, texts).ShouldNotBeEmpty("the reader still needs it");
        }
        using var deadline = new CancellationTokenSource(Hang.Limit);
        while (StoredTexts.FindFiles(app.Folder, texts).Count > 0)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10, deadline.Token);
        }
    }

    [Test]
    public async Task A_deleted_engagement_is_in_no_file_when_the_response_is_sent()
    {
        using var app = new App();
        using var added = await app.Lobbyist.PostAsJsonAsync(
            "/v1/engagements",
            new
            {
                memberState = "NOR",
                kind = "meeting",
                on = "2026-11-20",
                summary = "Secret meeting " + new string('n', 3_000),
                tasks = new object[] { new { what = "Secret task" } },
            }
        );
        ((int)added.StatusCode).ShouldBe(201);
        var texts = StoredTexts.List(app.Folder);
        StoredTexts.FindFiles(app.Folder, texts).ShouldNotBeEmpty("the test finds it where it is");
        using var deleted = await app.Lobbyist.Send(HttpMethod.Delete, added.Headers.Location!.ToString());
        ((int)deleted.StatusCode).ShouldBe(204);
        StoredTexts.FindFiles(app.Folder, texts).ShouldBeEmpty();
    }

    private static async Task<(string Path, HashSet<string> Texts)> AddAndEdit(App app)
    {
        var lobbyist = app.Lobbyist;
        var texts = new HashSet<string>(StringComparer.Ordinal);
        using var added = await lobbyist.PostAsJsonAsync(
            "/v1/contacts",
            new
            {
                memberState = "NOR",
                name = "Secret name",
                office = "mission",
                email = "old@example.org",
                notes = new string('n', 3_000) + "Secret note",
            }
        );
        ((int)added.StatusCode).ShouldBe(201);
        var path = added.Headers.Location!.ToString();
        for (var i = 0; i < 5; i++)
        {
            using var changed = await lobbyist.Patch(
                path,
                $$"""{"name": "Secret name {{i}}", "notes": "{{new string('n', 700 * i)}}Secret note {{i}}"}"""
            );
            ((int)changed.StatusCode).ShouldBe(200);
            using var talk = await lobbyist.PostAsJsonAsync(
                $"{path}/engagements",
                new
                {
                    kind = "call",
                    on = "2026-11-20",
                    summary = $"Secret summary {i}",
                }
            );
            ((int)talk.StatusCode).ShouldBe(201);
            using var meeting = await lobbyist.PostAsJsonAsync(
                "/v1/engagements",
                new
                {
                    memberState = "NOR",
                    contacts = new[] { path.Split('/')[^1] },
                    kind = "meeting",
                    on = "2026-11-20",
                    summary = $"Secret meeting {i}",
                    tasks = new object[] { new { what = $"Secret task {i}" } },
                }
            );
            ((int)meeting.StatusCode).ShouldBe(201);
            using var corrected = await lobbyist.Patch(
                meeting.Headers.Location!.ToString(),
                $$"""{"summary": "Secret correction {{new string('n', 700 * i)}} {{i}}"}"""
            );
            ((int)corrected.StatusCode).ShouldBe(200);
            texts.UnionWith(StoredTexts.List(app.Folder));
        }
        return (path, texts);
    }
}
