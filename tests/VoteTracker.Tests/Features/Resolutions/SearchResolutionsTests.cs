namespace VoteTracker.Tests.Features.Resolutions;

[EveryEngine]
public sealed class SearchResolutionsTests
{
    [TestCase("es-10/22")]
    [TestCase("ES-10/22")]
    [TestCase("A/RES/ES-10/22")]
    [TestCase("a/res/es-10/22")]
    [TestCase("es-10-22")]
    [TestCase("ES 10 22")]
    [TestCase(" RES/ES-10/22 ")]
    public async Task A_resolution_is_found_by_its_symbol_and_its_id(string text)
    {
        using var app = new App();
        (await Search(app, text)).ShouldContain("es-10-22");
        (await Search(app, text)).ShouldAllBe(id => id!.StartsWith("es-10-"));
    }

    [Test]
    public async Task A_symbol_finds_the_resolution_and_the_titles_that_name_it()
    {
        using var app = new App();
        (await Search(app, "A/RES/ES-10/22")).ShouldBe([
            "es-10-22",
            "es-10-amendment-us-2023-12-12",
            "es-10-amendment-at-2023-12-12",
        ]);
    }

    [Test]
    public async Task Titles_are_found_without_case_and_accents_and_in_any_script()
    {
        using var app = new App();
        var id = await app.OpenDraft(
            new { title = "Protéção de civis: Защита ГРАЖДАНСКИХ лиц, 保护平民 <b>", visibility = "tally" }
        );
        foreach (
            var text in (string[])["protecao", "CIVIS protéção", "гражданских", "平民", "A/ES-10/L.34", "l.34", "b"]
        )
        {
            (await Search(app, text)).ShouldContain(id, text);
        }
        (await Search(app, "protecao nothing")).ShouldBeEmpty();
    }

    [Test]
    public async Task Two_at_a_time_every_result_is_seen_once()
    {
        using var app = new App();
        var whole = await Search(app, "jerusalem");
        whole.Count.ShouldBeGreaterThan(4);
        var all = await app.Anonymous.GetItems("/v1/resolutions?limit=1000");
        whole.ShouldBe(
            all.Where(r => r.Text("title")!.Contains("Jerusalem", StringComparison.Ordinal)).Select(r => r.Text("id"))
        );
        (await app.Anonymous.GetPages("/v1/resolutions?q=jerusalem&limit=2", 2))
            .Select(r => r.Text("id"))
            .ShouldBe(whole);
    }

    [Test]
    public async Task A_search_narrows_the_other_filters_and_shows_nothing_private()
    {
        using var app = new App();
        var hidden = await app.OpenDraft(new { title = "Jerusalem, in private", visibility = "private" });
        (await app.Viewer.GetItems("/v1/resolutions?q=jerusalem")).Select(r => r.Text("id")).ShouldContain(hidden);
        (await Search(app, "jerusalem")).ShouldNotContain(hidden);
        (await app.Anonymous.GetItems("/v1/resolutions?q=es-11&session=es-10")).ShouldBeEmpty();
        (await app.Anonymous.GetItems("/v1/resolutions?q=es-11&kind=motion"))
            .Select(r => r.Text("id"))
            .ShouldBe(["es-11-motion-2022-10-10"]);
    }

    [TestCase("", 400)]
    [TestCase("%20%09", 400)]
    [TestCase("%E2%80%AE", 400)]
    [TestCase("a%00b", 400)]
    [TestCase("%25", 400)]
    [TestCase("es-10%01%0A", 200)]
    [TestCase("'%20OR%201=1--", 200)]
    public async Task A_search_without_a_letter_or_a_digit_is_rejected(string text, int status)
    {
        using var app = new App();
        using var answer = await app.Anonymous.GetAsync($"/v1/resolutions?q={text}");
        ((int)answer.StatusCode).ShouldBe(status);
        if (status == 400)
        {
            await answer.ShouldBeProblem(400, "q");
        }
    }

    [Test]
    public async Task A_search_of_2_000_characters_is_rejected()
    {
        using var app = new App();
        using var answer = await app.Anonymous.GetAsync($"/v1/resolutions?q={new string('x', 2_000)}");
        await answer.ShouldBeProblem(400, "q");
    }

    private static async Task<List<string?>> Search(App app, string text) =>
        [
            .. (await app.Anonymous.GetItems($"/v1/resolutions?limit=1000&q={Uri.EscapeDataString(text)}")).Select(
                resolution => resolution.Text("id")
            ),
        ];
}
