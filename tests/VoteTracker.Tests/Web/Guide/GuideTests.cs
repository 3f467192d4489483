using System.Net;
using System.Text.RegularExpressions;
using VoteTracker.Tests.Documents;

namespace VoteTracker.Tests.Web.Guide;

/// <summary>The guide and the reference of the API, without a browser.</summary>
public sealed partial class GuideTests
{
    private const string Example = "http://127.0.0.1:5080";

    [Test]
    public async Task Every_chapter_has_a_page_and_its_examples_are_those_that_tests_run()
    {
        using var app = new App();
        using var client = app.Anonymous;
        var index = await client.GetStringAsync("/guide");
        var names = ChapterLink().Matches(index).Select(m => m.Groups["name"].Value).ToList();
        names.ShouldBeUnique();
        var files = Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "openapi"), "*.md")
            .Select(Path.GetFileName)
            .ToList();
        files.Count.ShouldBeGreaterThan(10);
        foreach (var file in files)
        {
            names.ShouldContain(file == "README.md" ? "basics" : Path.GetFileNameWithoutExtension(file!));
        }
        foreach (var name in names)
        {
            var document = Document.All.Single(d => d.Path == FileOf(name));
            var html = await client.GetStringAsync($"/guide/{name}");
            var shown = Code()
                .Matches(html)
                .Select(m => (m.Groups["language"].Value, Lines(WebUtility.HtmlDecode(m.Groups["code"].Value))))
                .ToList();
            shown.ShouldBe(
                document.Blocks.Select(b => (b.Language, Lines(b.Code.Replace(Example, "http://localhost")))),
                name
            );
            // ChapterTests run these, or list them with the reason.
            var run = new Chapter(document)
                .Steps.Select(s => s.Block)
                .Concat(document.Blocks.Where(Chapter.IsNotRun))
                .ToHashSet();
            document.Blocks.Where(b => b.Language == "sh" && !run.Contains(b)).ShouldBeEmpty(name);
        }
    }

    [Test]
    public async Task Every_link_of_the_guide_and_the_reference_leads_to_a_page_and_a_place_on_it()
    {
        using var app = new App();
        using var client = app.Anonymous;
        var pages = new Dictionary<string, string>(StringComparer.Ordinal);
        var left = new Queue<string>(["/guide", "/docs"]);
        var wrong = new List<string>();
        var links = 0;
        while (left.TryDequeue(out var from))
        {
            foreach (Match link in Link().Matches(await Get(from)))
            {
                links++;
                var parts = WebUtility.HtmlDecode(link.Groups["href"].Value).Split('#', 2);
                var path = parts[0].Length == 0 ? from : parts[0];
                if (path.Contains("?lang=", StringComparison.Ordinal) || path.Contains("://", StringComparison.Ordinal))
                {
                    continue;
                }
                var isKnown = pages.ContainsKey(path);
                var html = await Get(path);
                if (
                    html.Length == 0
                    || (parts.Length > 1 && !html.Contains($"id=\"{parts[1]}\"", StringComparison.Ordinal))
                )
                {
                    wrong.Add($"{from}: {link.Groups["href"].Value}");
                }
                if (
                    !isKnown
                    && (
                        path.StartsWith("/guide/", StringComparison.Ordinal)
                        || path.StartsWith("/docs/", StringComparison.Ordinal)
                    )
                )
                {
                    left.Enqueue(path);
                }
            }
        }
        links.ShouldBeGreaterThan(500);
        wrong.Distinct().ShouldBeEmpty();

        async Task<string> Get(string path)
        {
            if (!pages.TryGetValue(path, out var html))
            {
                using var answer = await client.GetAsync(path);
                html = answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : "";
                pages[path] = html;
            }
            return html;
        }
    }

    [Test]
    public async Task The_reference_has_every_operation_every_parameter_and_every_field_of_the_contract()
    {
        using var app = new App();
        using var client = app.Anonymous;
        var contract = await client.GetJson("/openapi/v1.json");
        var pages = new Dictionary<string, string>(StringComparer.Ordinal);
        var operations = 0;
        foreach (var path in contract["paths"]!.AsObject())
        {
            foreach (var method in path.Value!.AsObject())
            {
                var slug = method.Value!["tags"]![0]!.GetValue<string>().ToLowerInvariant().Replace(' ', '-');
                if (!pages.TryGetValue(slug, out var html))
                {
                    pages[slug] = html = await client.GetStringAsync($"/docs/{slug}");
                }
                var id = method.Value["operationId"]!.GetValue<string>();
                html.ShouldContain($"id=\"{id}\"");
                var start = html.IndexOf($"<h2 id=\"{id}\"", StringComparison.Ordinal);
                var section = html[start..html.IndexOf("</section>", start, StringComparison.Ordinal)];
                WebUtility.HtmlDecode(section.Replace("<wbr>", "", StringComparison.Ordinal)).ShouldContain(path.Key);
                foreach (var parameter in method.Value["parameters"]?.AsArray() ?? [])
                {
                    section.ShouldContain($"<code>{parameter!["name"]!.GetValue<string>()}</code>", customMessage: id);
                }
                foreach (var status in method.Value["responses"]!.AsObject().Select(r => r.Key))
                {
                    section.ShouldContain($"<b>{status}</b>", customMessage: id);
                }
                operations++;
            }
        }
        operations.ShouldBeGreaterThan(100);
        var all = string.Concat(pages.Values);
        var schemas = contract["components"]!["schemas"]!.AsObject();
        // Problems are the same everywhere, and described once.
        foreach (var schema in schemas.Where(s => all.Contains($"#schema-{s.Key}\"", StringComparison.Ordinal)))
        {
            all.ShouldContain($"id=\"schema-{schema.Key}\"");
            foreach (var field in schema.Value!["properties"]?.AsObject().Select(p => p.Key) ?? [])
            {
                all.ShouldContain($"<code>{field}</code>", customMessage: schema.Key);
            }
        }
    }

    [TestCase("/docs/nothing", 404)]
    [TestCase("/docs/index.html", 301)]
    [TestCase("/guide/nothing", 404)]
    [TestCase("/guide/..%2FREADME", 404)]
    [TestCase("/guide/README.md", 404)]
    [TestCase("/swagger/index.html", 200)]
    public async Task An_address_without_a_page_is_a_404(string path, int status)
    {
        using var app = new App();
        using var client = app.CreateClient(new() { AllowAutoRedirect = false });
        using var answer = await client.GetAsync(path);
        ((int)answer.StatusCode).ShouldBe(status);
    }

    [TestCase("/assets/guide/live-dashboard.html", "openapi/live-dashboard.html")]
    [TestCase("/assets/guide/walkthrough.http", "openapi/walkthrough.http")]
    [TestCase("/guide/embedding", null)]
    public async Task Examples_name_the_service_and_a_forged_host_reaches_no_other_reader(string path, string? file)
    {
        using (var app = new App())
        {
            using var forged = new HttpRequestMessage(HttpMethod.Get, path);
            forged.Headers.Host = "evil.example";
            using var answer = await app.Anonymous.SendAsync(forged);
            answer.Headers.CacheControl!.Private.ShouldBeTrue();
            (await answer.Content.ReadAsStringAsync()).ShouldContain("http://evil.example");
            var own = await app.Anonymous.GetStringAsync(path);
            own.ShouldNotContain("evil.example");
            own.ShouldNotContain(Example);
        }
        using var configured = new App(
            settings: new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["PublicUrl"] = "https://votes.example/",
            }
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = "evil.example";
        using var shared = await configured.Anonymous.SendAsync(request);
        shared.Headers.CacheControl!.Public.ShouldBeTrue();
        var text = await shared.Content.ReadAsStringAsync();
        text.ShouldContain("https://votes.example");
        text.ShouldNotContain("evil.example");
        if (file is not null)
        {
            shared.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
            text.ShouldBe(Repository.Read(file).Replace(Example, "https://votes.example"));
        }
    }

    [TestCase("fr", "Étudier")]
    [TestCase("ar", "البحث")]
    public async Task The_texts_around_the_chapters_are_in_the_readers_language(string lang, string word)
    {
        using var app = new App();
        var html = WebUtility.HtmlDecode(await app.Anonymous.GetStringAsync($"/guide?lang={lang}"));
        html.ShouldContain(word);
        html.ShouldContain($"href=\"/guide/tally?lang={lang}\"");
    }

    [Test]
    public void The_sample_dashboard_has_at_most_60_lines() =>
        Repository.Read("openapi/live-dashboard.html").TrimEnd().Split('\n').Length.ShouldBeLessThanOrEqualTo(60);

    private static string FileOf(string name) =>
        name switch
        {
            "start" => "README.md",
            "basics" => "openapi/README.md",
            "data" => "data/README.md",
            "operations" => "src/operations/README.md",
            _ => $"openapi/{name}.md",
        };

    // A list can indent a block of code.
    private static string Lines(string code) => string.Join('\n', code.Trim().Split('\n').Select(line => line.Trim()));

    [GeneratedRegex("<li><a href=\"/guide/(?<name>[a-z-]+)\">", RegexOptions.None, 1_000)]
    private static partial Regex ChapterLink();

    [GeneratedRegex(
        "<div class=\"code\" data-language=\"(?<language>[a-z]*)\"><pre[^>]*><code>(?<code>.*?)</code>",
        RegexOptions.Singleline,
        1_000
    )]
    private static partial Regex Code();

    [GeneratedRegex("<a [^>]*href=\"(?<href>[^\"]+)\"", RegexOptions.None, 1_000)]
    private static partial Regex Link();
}
