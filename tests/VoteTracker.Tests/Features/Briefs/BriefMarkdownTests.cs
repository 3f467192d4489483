using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using VoteTracker.Endpoints.Text;
using VoteTracker.Tests.Features.Engagements;
using static VoteTracker.Tests.Features.Briefs.BriefRequests;

namespace VoteTracker.Tests.Features.Briefs;

/// <summary>The brief as Markdown: readable on paper, and whatever users wrote is text.</summary>
public sealed class BriefMarkdownTests
{
    private const string Hostile = "# Title\n- item | cell\r\n<script>alert(1)</script> [a](javascript:b) `c` **d** \u202Ee";

    [Test]
    public async Task The_brief_can_be_read_on_paper()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { voteOn = "2026-12-04" });
        await app.Lobbyist.Stance(draft, "yes", "Paragraph 2 is open.", "They said so.");
        await app.Lobbyist.CoSponsor(draft, "committed");
        await app.Lobbyist.Assign(draft);
        await app.Lobbyist.Add("/v1/engagements", DeskRequests.Meeting(new { outcome = "Instructions come." }));
        await app.Lobbyist.Add("/v1/tasks", new { what = "Call again", memberState = "NOR", dueOn = "2026-11-24" });
        var text = await app.Lobbyist.GetMarkdown(Path(draft));
        text.ShouldStartWith(
            """
            # Norway (NOR)

            A/ES-10/L.34: A draft · drafting · vote on 4 December 2026 · as of 21 November 2026, 15:00 UTC

            ## Position

            - **yes**, likely, call, lobbyist, 21 November 2026, 15:00 UTC
            - Note: Paragraph 2 is open.
            - Responsible: lobbyist
            - Co-sponsor: committed, additional
            - Groups: 
            """.TrimEnd()
        );
        text.ShouldContain(
            """

            ## Last changes

            | When | Before | After | Author | Reason |
            | --- | --- | --- | --- | --- |
            | 21 November 2026, 15:00 UTC | unknown | yes, likely | lobbyist | They said so. |

            """
        );
        text.ShouldContain(
            "- **20 November 2026**, Meeting, lobbyist: Went through the text. → Instructions come.\n"
        );
        text.ShouldContain("- Call again (due 24 November 2026)\n");
        text.ShouldEndWith("\n");
        (await app.Lobbyist.GetMarkdown(Path(draft))).ShouldBe(text, "the same brief has the same text");
    }

    [TestCase("fr", "# Norvège (NOR)", "## Ce qui manque")]
    [TestCase("es", "# Noruega (NOR)", "## Lo que falta")]
    [TestCase("ru", "# Норвегия (NOR)", "## Чего не хватает")]
    [TestCase("zh", "# 挪威 (NOR)", "## 缺少的事项")]
    [TestCase("ar", "# النرويج (NOR)", "## ما ينقص")]
    public async Task The_brief_is_in_the_language_of_the_reader(string language, string title, string heading)
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var text = await app.Lobbyist.GetMarkdown($"{Path(draft)}?lang={language}");
        text.ShouldStartWith(title);
        text.ShouldContain(heading);
    }

    [Test]
    public async Task Markup_in_texts_of_users_is_text()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { title = Hostile.Replace('\n', ' ').Replace('\r', ' ') });
        await app.Lobbyist.Stance(draft, "yes", Hostile, Hostile.Replace('\n', ' ').Replace('\r', ' '));
        await app.Lobbyist.Add("/v1/engagements", DeskRequests.Meeting(new { summary = Hostile, outcome = Hostile }));
        await app.Lobbyist.Add("/v1/tasks", new { what = "a | b <b>", memberState = "NOR" });
        await app.Lobbyist.Comment(draft, Hostile);
        var text = await app.Lobbyist.GetMarkdown(Path(draft));
        Regex.Matches(text, @"(?<!\\)[<>`\[\]~]").ShouldBeEmpty("each character of markup is escaped");
        text.ShouldNotContain("**d**");
        text.ShouldNotContain("\u202E");
        text.ShouldContain("\\<script\\>alert(1)\\</script\\> \\[a\\](javascript:b) \\`c\\` \\*\\*d\\*\\* e");
        text.ShouldContain("- a \\| b \\<b\\>\n");
        // Every line is one that the service begins.
        text.Split('\n')
            .ShouldAllBe(line =>
                line.Length == 0
                || line.StartsWith("# Norway", StringComparison.Ordinal)
                || line.StartsWith("## ", StringComparison.Ordinal)
                || line.StartsWith("- ", StringComparison.Ordinal)
                || line.StartsWith("| ", StringComparison.Ordinal)
                || line.StartsWith("A/ES-10/L.34: ", StringComparison.Ordinal)
            );
        text.Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Replace("\\|", "", StringComparison.Ordinal).Count(c => c == '|'))
            .ShouldAllBe(count => count == 5 || count == 6);
    }

    [TestCase("application/json", "application/json")]
    [TestCase("*/*", "application/json")]
    [TestCase("text/html", "application/json")]
    [TestCase("text/markdown", "text/markdown")]
    [TestCase("text/*", "text/markdown")]
    [TestCase("application/json;q=0.5, text/markdown", "text/markdown")]
    [TestCase("text/markdown;q=0.2, application/json;q=0.3", "application/json")]
    public async Task The_Accept_header_chooses_the_format(string accept, string type)
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        foreach (var path in (string[])[Path(draft), "/v1/digest"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Accept", accept).ShouldBeTrue();
            using var answer = await app.Viewer.SendAsync(request);
            answer.Content.Headers.ContentType.ShouldBe(new MediaTypeHeaderValue(type, "utf-8"));
            answer.Headers.Vary.ShouldBe(["Accept", "Authorization", "Cookie"]);
        }
    }

    [TestCase("plain text, with 5 words", "plain text, with 5 words")]
    [TestCase("a\nb\r\n\tc", "a b c")]
    [TestCase("# no heading", "\\# no heading")]
    [TestCase("a # b", "a # b")]
    [TestCase("- no item", "\\- no item")]
    [TestCase("1. no item", "1\\. no item")]
    [TestCase("12) no item", "12\\) no item")]
    [TestCase("no. 12. item", "no. 12. item")]
    [TestCase("a|b", "a\\|b")]
    [TestCase("<b>&amp;</b>", "\\<b\\>\\&amp;\\</b\\>")]
    [TestCase("![i](x)", "!\\[i\\](x)")]
    [TestCase("a\\|b", "a\\\\\\|b")]
    [TestCase("~~a~~ $b$ ^c^", "\\~\\~a\\~\\~ \\$b\\$ \\^c\\^")]
    [TestCase("\u200Bzero\u200Fwidth\u0007", "zerowidth")]
    [TestCase("سلام", "سلام")]
    public void A_text_of_a_user_is_escaped(string text, string escaped) => Markdown.Escape(text).ShouldBe(escaped);

    [Test]
    public void A_long_text_is_cut_after_whole_characters()
    {
        Markdown.Escape("😀😀😀😀", most: 2).ShouldBe("😀😀…");
        Markdown.Escape("||||", most: 4).ShouldBe("\\|\\|\\|\\|");
    }

    [TestCase("https://example.org/a?b=c_d", "<https://example.org/a?b=c_d>")]
    [TestCase("https://example.org/a|b>c", "<https://example.org/a%7Cb%3Ec>")]
    [TestCase("https://example.org/a b\n", "<https://example.org/a%20b%0A>")]
    public void A_link_stays_a_link(string address, string link) => Markdown.Link(address).ShouldBe(link);
}
