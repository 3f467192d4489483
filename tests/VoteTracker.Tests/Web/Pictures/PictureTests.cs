using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Web.Pictures;

public sealed class PictureTests
{
    private static readonly string[] Positions = ["yes", "no", "abstain", "absent", "undecided", "unknown"];
    private static readonly string[] Languages = ["en", "fr", "es", "ru", "zh", "ar"];

    private static readonly string[] All =
    [
        "hemicycle",
        "board",
        "tiles",
        "regions",
        "timeline",
        "path",
        "outlook",
        "badge",
        "card",
    ];

    [Test]
    public async Task Pictures_of_every_recorded_vote_have_the_numbers_of_the_api()
    {
        using var app = new App();
        using var client = app.Anonymous;
        var resolutions = await client.GetJson("/v1/resolutions?limit=1000");
        var compared = 0;
        foreach (var resolution in resolutions["items"]!.AsArray())
        {
            await Compare(client, resolution!["id"]!.GetValue<string>());
            compared++;
        }
        compared.ShouldBeGreaterThan(30);
    }

    [TestCase(1)]
    [TestCase(2)]
    public async Task Pictures_of_a_random_draft_have_the_numbers_of_the_api(int seed)
    {
        using var app = new App();
        var id = await PictureDraft.Open(app, seed);
        using var viewer = app.Viewer;
        await Compare(viewer, id);
        using var anonymous = app.Anonymous;
        var picture = await PictureFile.Get(anonymous, $"/v1/resolutions/{id}/hemicycle.svg");
        picture.Members.ShouldAllBe(seat => !seat.Mark.EndsWith("-leaning", StringComparison.Ordinal));
    }

    [Test]
    public async Task Every_picture_is_well_formed_in_every_language_and_theme()
    {
        using var app = new App();
        var id = await PictureDraft.Open(app, 3);
        using var viewer = app.Viewer;
        foreach (var language in Languages)
        {
            foreach (var theme in (string[])["light", "dark"])
            {
                foreach (var name in All)
                {
                    var path = $"/v1/resolutions/{id}/{name}.svg?lang={language}&theme={theme}";
                    var picture = await PictureFile.Get(viewer, path);
                    picture.Forbidden.ShouldBeEmpty(path);
                    picture.Dangling.ShouldBeEmpty(path);
                    picture.Description.ShouldNotBeNullOrWhiteSpace(path);
                    picture.Direction.ShouldBe(language == "ar" ? "rtl" : "ltr");
                    picture.Texts.ShouldAllBe(text => !text.Value.Contains('{'));
                    picture
                        .TextBoxes.Where(box =>
                            box.Left < 0 || box.Right > picture.ViewWidth || box.Y < 0 || box.Y > picture.ViewHeight
                        )
                        .ShouldBeEmpty(path);
                }
            }
        }
    }

    [Test]
    public async Task A_caller_that_sees_the_tally_alone_gets_seats_without_names()
    {
        using var app = new App();
        var id = await PictureDraft.Open(app, 4, "tally");
        using var anonymous = app.Anonymous;
        var picture = await PictureFile.Get(anonymous, $"/v1/resolutions/{id}/hemicycle.svg");
        var tally = await anonymous.GetJson($"/v1/resolutions/{id}/tally");
        picture.Members.Count(seat => seat.Mark == "yes").ShouldBe(tally["yes"]!.GetValue<int>());
        picture.Members.ShouldAllBe(seat => seat.State == null && seat.Title == null);
        using var board = await anonymous.GetAsync($"/v1/resolutions/{id}/board.svg");
        await board.ShouldBeProblem(401);
    }

    [Test]
    public async Task The_text_of_a_title_stays_text()
    {
        using var app = new App();
        var title = "<script>alert(1)</script>&\"'\u202Eevil\u2066" + new string('x', 900);
        var id = await app.OpenDraft(new { visibility = "positions", title });
        using var viewer = app.Viewer;
        foreach (var name in All)
        {
            var picture = await PictureFile.Get(viewer, $"/v1/resolutions/{id}/{name}.svg");
            picture.Forbidden.ShouldBeEmpty();
            picture.Title.ShouldContain("<script>alert(1)</script>&\"'");
            picture.Title.ShouldNotContain("\u202E");
            picture.Title.Length.ShouldBeLessThan(300);
        }
        using var answer = await viewer.GetAsync($"/v1/resolutions/{id}/badge.svg");
        answer.Headers.GetValues("Content-Security-Policy").ShouldBe(["default-src 'none'; sandbox"]);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [TestCase("?width=1e9", "width", "1e9")]
    [TestCase("?width=39", "width", "39")]
    [TestCase("?width=4001", "width", "4001")]
    [TestCase("?theme=<script>", "theme", "script")]
    [TestCase("?lang=xx", "lang", "xx")]
    public async Task A_wrong_parameter_is_a_400_with_the_value_found(string query, string parameter, string found)
    {
        using var app = new App();
        using var client = app.Anonymous;
        foreach (var name in (string[])["hemicycle.svg", "hemicycle.png", "timeline.svg"])
        {
            using var answer = await client.GetAsync($"/v1/resolutions/es-10-27/{name}{query}");
            var problem = await answer.ShouldBeProblem(400);
            problem["errors"]![parameter]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldContain(found);
        }
    }

    [Test]
    public async Task Width_changes_the_size_and_the_columns_of_the_board()
    {
        using var app = new App();
        using var client = app.Anonymous;
        var narrow = await PictureFile.Get(client, "/v1/resolutions/es-10-27/board.svg?width=360");
        var wide = await PictureFile.Get(client, "/v1/resolutions/es-10-27/board.svg?width=1440");
        narrow.Width.ShouldBe("360");
        wide.Width.ShouldBe("1440");
        narrow.ViewHeight.ShouldBeGreaterThan(3 * wide.ViewHeight);
    }

    [Test]
    public async Task A_picture_is_a_representation_of_its_language_and_theme()
    {
        using var app = new App();
        using var client = app.Anonymous;
        var tags = new HashSet<string>();
        foreach (var query in (string[])["", "?lang=fr", "?theme=dark", "?width=300"])
        {
            using var answer = await client.GetAsync($"/v1/resolutions/es-10-27/hemicycle.svg{query}");
            answer.Content.Headers.ContentLanguage.ShouldBe([query == "?lang=fr" ? "fr" : "en"]);
            answer.Headers.CacheControl!.Public.ShouldBeTrue();
            tags.Add(answer.Headers.ETag!.Tag).ShouldBeTrue();
            using var again = await client.Send(
                HttpMethod.Get,
                $"/v1/resolutions/es-10-27/hemicycle.svg{query}",
                ifMatch: null,
                ifNoneMatch: answer.Headers.ETag.Tag
            );
            ((int)again.StatusCode).ShouldBe(304);
        }
    }

    [Test]
    public async Task Path_and_outlook_of_a_recorded_vote_are_a_409_as_in_json()
    {
        using var app = new App();
        using var viewer = app.Viewer;
        foreach (var name in (string[])["path.svg", "path.png", "outlook.svg", "outlook.png"])
        {
            using var answer = await viewer.GetAsync($"/v1/resolutions/es-10-27/{name}");
            await answer.ShouldBeProblem(409);
        }
    }

    private static async Task Compare(HttpClient client, string id)
    {
        var tally = await client.GetJson($"/v1/resolutions/{id}/tally");
        var items = (await client.GetJson($"/v1/resolutions/{id}/positions"))["items"]!.AsArray();
        var expected = items
            .Select(item => ((string?)item!["memberState"]!.GetValue<string>(), MarkOf(item)))
            .Order()
            .ToList();
        var hemicycle = await PictureFile.Get(client, $"/v1/resolutions/{id}/hemicycle.svg");
        foreach (var name in (string[])["hemicycle", "board", "tiles"])
        {
            var picture = await PictureFile.Get(client, $"/v1/resolutions/{id}/{name}.svg");
            if (items.Count > 0)
            {
                picture
                    .Members.Select(m => (m.State, m.Mark))
                    .Order()
                    .SequenceEqual(expected)
                    .ShouldBeTrue($"{name} of {id}");
                picture.Members.ShouldAllBe(m => !string.IsNullOrEmpty(m.Title));
            }
        }
        foreach (var position in Positions)
        {
            var count = tally[position]?.GetValue<int>();
            var drawn = hemicycle.Members.Count(m => m.Mark == position || m.Mark == $"{position}-leaning");
            drawn.ShouldBe(count ?? 0, $"{position} of {id}");
            if (hemicycle.Legend.TryGetValue(position, out var legend))
            {
                legend.ShouldEndWith($": {count}");
                hemicycle.Description.ShouldContain(legend);
            }
            else
            {
                drawn.ShouldBe(0, $"{position} of {id} is in the legend");
            }
        }
        var badge = await PictureFile.Get(client, $"/v1/resolutions/{id}/badge.svg");
        if (tally["yes"] is not null)
        {
            badge.Texts[1].Value.ShouldContain($"{tally["yes"]}–{tally["no"]}");
            hemicycle.Texts.ShouldContain(text => text.Value == $"{tally["yes"]}–{tally["no"]}");
        }
        await CompareGroups(client, id);
    }

    private static async Task CompareGroups(HttpClient client, string id)
    {
        foreach (var by in (string[])["regional-group", "bloc", "nam"])
        {
            var breakdown = await client.GetJson($"/v1/resolutions/{id}/breakdown?by={by}");
            var expected =
                from row in breakdown["rows"]!.AsArray()
                from position in Positions.Append("ineligible")
                let count = row[position]?.GetValue<int>() ?? 0
                where count > 0
                select (row["group"]!.GetValue<string>(), position, count);
            var picture = await PictureFile.Get(client, $"/v1/resolutions/{id}/regions.svg?by={by}");
            picture.GroupCounts.Order().SequenceEqual(expected.Order()).ShouldBeTrue($"{id} by {by}");
        }
    }

    private static string MarkOf(JsonNode item)
    {
        var position = item["position"]!.GetValue<string>();
        return !item["eligible"]!.GetValue<bool>() ? "ineligible"
            : item["certainty"]?.GetValue<string>() == "leaning" && position is not ("undecided" or "unknown")
                ? $"{position}-leaning"
            : position;
    }
}
