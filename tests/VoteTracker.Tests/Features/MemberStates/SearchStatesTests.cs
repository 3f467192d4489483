namespace VoteTracker.Tests.Features.MemberStates;

[EveryEngine]
public sealed class SearchStatesTests
{
    private static readonly string[] Languages = ["ar", "en", "es", "fr", "ru", "zh"];

    [TestCase("Côte d'Ivoire", "CIV")]
    [TestCase("ivory", "CIV")]
    [TestCase("burma", "MMR")]
    [TestCase("cote d’ivoire", "CIV")]
    [TestCase("IVOIRE cote", "CIV")]
    [TestCase("co\u0302te", "CIV")]
    [TestCase("turkiye", "TUR")]
    [TestCase("mexico", "MEX")]
    [TestCase("suede", "SWE")]
    [TestCase("Sudafrica", "ZAF")]
    [TestCase("южная АФР", "ZAF")]
    [TestCase("китаи", "CHN")]
    [TestCase("南非", "ZAF")]
    [TestCase("墨西", "MEX")]
    [TestCase("西哥", "MEX")]
    [TestCase("جنوب افريقيا", "ZAF")]
    [TestCase("عراق", "IRQ")]
    [TestCase("العراق", "IRQ")]
    [TestCase("kingdom norway", "NOR")]
    [TestCase("zaf", "ZAF")]
    [TestCase("710", "ZAF")]
    [TestCase("Ｚａｆ", "ZAF")]
    [TestCase("\tNorway\u0001\u200B", "NOR")]
    public async Task A_state_is_found_by_its_names_in_six_languages_and_by_its_codes(string text, string iso3)
    {
        using var app = new App();
        (await Search(app, text)).ShouldBe([iso3]);
    }

    [Test]
    public async Task Every_state_is_found_by_each_of_its_names_also_in_capitals()
    {
        using var app = new App();
        var states = await app.Anonymous.GetItems("/v1/member-states");
        states.Count.ShouldBe(193);
        // Each search reads all states, so one language for each.
        foreach (var (state, i) in states.Select((state, i) => (state, i)))
        {
            var iso3 = state.Text("iso3")!;
            var name = state["names"]!.Text(Languages[i % Languages.Length])!;
            (await Search(app, name.ToUpperInvariant())).ShouldContain(iso3, name);
        }
    }

    [Test]
    public async Task Every_word_must_be_in_a_name_and_starts_a_word_of_it()
    {
        using var app = new App();
        (await Search(app, "korea")).ShouldBe(["KOR", "PRK"]);
        (await Search(app, "korea people")).ShouldBe(["PRK"]);
        (await Search(app, "korea sweden")).ShouldBeEmpty();
        (await Search(app, "mali")).ShouldBe(["MLI"], "not Somalia");
    }

    [Test]
    public async Task A_search_narrows_the_kind_and_the_group()
    {
        using var app = new App();
        (await Search(app, "palestine")).ShouldBeEmpty("an observer is not a member");
        (await Search(app, "palestine", "&kind=observer")).ShouldBe(["PSE"]);
        (await Search(app, "guinea", "&group=african-states")).ShouldBe(["GIN", "GNB", "GNQ"]);
        (await Search(app, "guinea")).ShouldBe(["GIN", "GNB", "GNQ", "PNG"]);
    }

    [TestCase("")]
    [TestCase("   ")]
    [TestCase("/-'")]
    [TestCase("\u0001\u202E")]
    [TestCase("nor\u0000way")]
    [TestCase("🙂")]
    public async Task A_search_without_a_word_is_rejected(string text)
    {
        using var app = new App();
        using var answer = await app.Anonymous.GetAsync($"/v1/member-states?q={Uri.EscapeDataString(text)}");
        await answer.ShouldBeProblem(400, "q");
    }

    [TestCase(200, 200)]
    [TestCase(201, 400)]
    [TestCase(2_000, 400)]
    public async Task A_search_has_at_most_200_characters(int length, int status)
    {
        using var app = new App();
        using var answer = await app.Anonymous.GetAsync($"/v1/member-states?q={new string('a', length)}");
        ((int)answer.StatusCode).ShouldBe(status);
        if (status == 400)
        {
            var problem = await answer.ShouldBeProblem(400, "q");
            problem.ToJsonString().ShouldContain("at most 200 characters");
        }
    }

    private static async Task<List<string?>> Search(App app, string text, string rest = "") =>
        [
            .. (await app.Anonymous.GetItems($"/v1/member-states?q={Uri.EscapeDataString(text)}{rest}")).Select(state =>
                state.Text("iso3")
            ),
        ];
}
