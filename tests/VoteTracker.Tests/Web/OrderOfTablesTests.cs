using System.Text.RegularExpressions;

namespace VoteTracker.Tests.Web;

/// <summary>Tables and axes of pages are in an order that a reader can follow.</summary>
public sealed partial class OrderOfTablesTests
{
    [Test]
    public async Task Members_with_the_same_agreement_are_in_the_order_of_their_names()
    {
        using var app = new App();
        foreach (var path in (string[])["/agreement?a=NOR&lang=en", "/agreement?a=NOR&lang=fr"])
        {
            var page = await app.Anonymous.GetStringAsync(path);
            var rows = Rows().Matches(page).Select(m => (Name: m.Groups["name"].Value, Share: m.Groups["share"].Value));
            var groups = rows.GroupBy(row => row.Share).Where(group => group.Count() > 2).ToList();
            groups.Count.ShouldBeGreaterThan(2, path);
            foreach (var group in groups)
            {
                var names = group.Select(row => System.Net.WebUtility.HtmlDecode(row.Name)).ToList();
                names.ShouldBe([.. names.Order(StringComparer.OrdinalIgnoreCase)]);
            }
        }
    }

    [Test]
    public async Task Moves_with_the_same_effect_are_in_the_order_of_their_names_and_have_a_minus_sign()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "positions" });
        app.Clock.Jump(TimeSpan.FromHours(30));
        foreach (var state in (string[])["CHE", "NOR", "ZAF", "DEU"])
        {
            await app.Lobbyist.RecordStance(id, state, "no");
        }
        foreach (
            var (lang, expected) in new[]
            {
                ("en", "Germany,Norway,South Africa,Switzerland"),
                ("es", "Alemania,Noruega,Sudáfrica,Suiza"),
            }
        )
        {
            var page = await app.Anonymous.GetStringAsync($"/resolutions/{id}?lang={lang}");
            var moves = page[page.IndexOf("id=\"moves\"", StringComparison.Ordinal)..];
            moves = System.Net.WebUtility.HtmlDecode(moves[..moves.IndexOf("</table>", StringComparison.Ordinal)]);
            string.Join(',', Moved().Matches(moves).Select(m => m.Groups["name"].Value)).ShouldBe(expected);
            moves.ShouldContain(">\u22122<");
            moves.ShouldNotContain(">-");
        }
    }

    [Test]
    public async Task A_timeline_of_one_day_shows_the_day_once()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "positions" });
        await app.Lobbyist.RecordStance(id, "NOR", "yes");
        var address = $"/v1/resolutions/{id}/timeline.svg?lang=en";
        (await Days(app, address)).ShouldBe(1);
        app.Clock.Advance(TimeSpan.FromDays(2));
        (await Days(app, address)).ShouldBe(2);
    }

    private static async Task<int> Days(App app, string address) =>
        Day().Count(await app.Viewer.GetStringAsync(address));

    [GeneratedRegex(
        "<bdi>(?<name>[^<]+)</bdi></a></th><td class=\"number\">(?<share>[^<]+)</td>",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Rows();

    [GeneratedRegex(
        "<th scope=\"row\"><bdi>(?<name>[^<]+)</bdi>",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Moved();

    [GeneratedRegex(">[0-9]{1,2} Nov[^<]*</text>", RegexOptions.CultureInvariant)]
    private static partial Regex Day();
}
