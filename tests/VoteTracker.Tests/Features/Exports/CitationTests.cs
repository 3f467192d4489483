using System.IO.Compression;
using System.Text;

namespace VoteTracker.Tests.Features.Exports;

public sealed class CitationTests
{
    private const string Path = "/v1/resolutions/es-10-27/citation";

    [Test]
    public async Task The_citation_names_the_version_and_the_address_that_always_returns_the_same_bytes()
    {
        using var app = new App(settings: new() { ["PublicUrl"] = "https://votes.example/un/" });
        var citation = await app.Anonymous.GetJson(Path);

        const string url = "https://votes.example/un/v1/resolutions/es-10-27/export.zip?asOf=2025-06-13T04:00:00Z";
        citation["url"]!.GetValue<string>().ShouldBe(url);
        citation["asOf"]!.GetValue<string>().ShouldBe("2025-06-13T04:00:00Z");
        foreach (var text in (string[])["text", "bibtex", "cff"])
        {
            citation[text]!.GetValue<string>().ShouldContain(url);
            citation[text]!.GetValue<string>().ShouldContain("A/RES/ES-10/27: ");
            citation[text]!.GetValue<string>().ShouldContain("https://digitallibrary.un.org/record/4060887");
        }
        using var package = await app.Anonymous.GetAsync(url["https://votes.example/un".Length..]);
        package.Headers.CacheControl!.ToString().ShouldContain("immutable");
    }

    [Test]
    public async Task Each_file_ending_has_one_format_with_its_own_tag()
    {
        using var app = new App();
        var citation = await app.Anonymous.GetJson(Path);
        var tags = new HashSet<string>();
        foreach (
            var (ending, type, property) in ((string, string, string)[])
                [
                    ("txt", "text/plain", "text"),
                    ("bib", "application/x-bibtex", "bibtex"),
                    ("cff", "application/yaml", "cff"),
                ]
        )
        {
            using var answer = await app.Anonymous.GetAsync($"{Path}.{ending}");
            answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
            (await answer.Content.ReadAsStringAsync()).ShouldBe(citation[property]!.GetValue<string>());
            tags.Add(answer.Headers.ETag!.Tag).ShouldBeTrue();
            using var again = new HttpRequestMessage(HttpMethod.Get, $"{Path}.{ending}");
            again.Headers.IfNoneMatch.Add(answer.Headers.ETag);
            using var unchanged = await app.Anonymous.SendAsync(again);
            ((int)unchanged.StatusCode).ShouldBe(304);
        }
        foreach (
            var (accept, type) in ((string, string)[])
                [
                    ("application/x-bibtex, */*;q=0.1", "application/x-bibtex"),
                    ("application/yaml", "application/yaml"),
                    ("text/html, */*;q=0.8", "application/json"),
                ]
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Path);
            request.Headers.Add("Accept", accept);
            using var answer = await app.Anonymous.SendAsync(request);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        }
        using var wrong = await app.Anonymous.GetAsync($"{Path}.ris");
        await wrong.ShouldBeProblem(400, "format");
    }

    [Test]
    public async Task Without_the_setting_the_address_is_that_of_the_request()
    {
        using var app = new App();
        using var client = app.Anonymous;
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.Host = "tally.example:8080";
        using var answer = await client.SendAsync(request);
        (await answer.Json())["url"]!
            .GetValue<string>()
            .ShouldStartWith("http://tally.example:8080/v1/resolutions/es-10-27/export.zip?asOf=");
    }

    [Test]
    public async Task A_draft_is_cited_as_of_its_last_change_without_the_record()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "tally", title = "Fees of 5 % & {more}" });
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        await app.Lobbyist.RecordStance(id, "NOR", "yes");
        var citation = await app.Anonymous.GetJson($"/v1/resolutions/{id}/citation");

        citation["version"]!.GetValue<string>().ShouldBe("2");
        citation["asOf"]!.GetValue<string>().ShouldBe("2026-11-21T15:05:00Z");
        citation["text"]!.GetValue<string>().ShouldNotContain("recorded votes");
        citation["bibtex"]!
            .GetValue<string>()
            .ShouldContain(@"Fees of 5 \% \& \textbraceleft{}more\textbraceright{}}}");
        citation["cff"]!.GetValue<string>().ShouldContain("title: \"A/ES-10/L.34: Fees of 5 % & {more}\"");
        using var package = await app.Viewer.GetAsync(new Uri(citation["url"]!.GetValue<string>()).PathAndQuery);
        ((int)package.StatusCode).ShouldBe(200);
    }

    [TestCase("/v1/resolutions/es-10-27/export.zip", "es-10-27")]
    [TestCase("/v1/export.zip", "general-assembly-record")]
    public async Task A_package_has_its_citation_in_three_formats(string path, string name)
    {
        path += "?asOf=2026-01-01T00:00:00Z";
        using var app = new App();
        using var published = new App(settings: new() { ["PublicUrl"] = "https://votes.example" });
        var (relative, absolute) = (await Citations(app, path), await Citations(published, path));

        relative["CITATION.txt"].ShouldContain($"\n{path}\n");
        relative["CITATION.bib"].ShouldContain($"@misc{{votetracker-{name}-20260101T000000Z,");
        relative["CITATION.bib"].ShouldContain($"url = {{{path}}}");
        // A relative address is not a URL of CFF.
        relative["CITATION.cff"].ShouldContain($"value: \"{path}\"");
        relative["CITATION.cff"].ShouldNotContain("\nurl: ");
        absolute["CITATION.cff"].ShouldContain($"\nurl: \"https://votes.example{path}\"");
        foreach (var (file, text) in absolute)
        {
            text.ShouldContain($"https://votes.example{path}", Case.Sensitive, file);
        }
    }

    private static async Task<Dictionary<string, string>> Citations(App app, string path)
    {
        using var zip = new ZipArchive(new MemoryStream(await app.Anonymous.GetByteArrayAsync(path)));
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries.Where(e => e.FullName.StartsWith("CITATION", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(await entry.OpenAsync(), Encoding.UTF8);
            texts.Add(entry.FullName, await reader.ReadToEndAsync());
        }
        texts.Count.ShouldBe(3);
        return texts;
    }
}
