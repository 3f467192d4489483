using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Tests.Endpoints.Input;

/// <summary>Misspelt names, quoted text, and invisible characters at its ends.</summary>
public sealed class TextTests
{
    private static readonly string[] Known =
    [
        "asOf",
        "session",
        "evidenceUrl",
        "note",
        "voteOn",
        "id",
        "limit",
        "from",
        "to",
        "visibility",
        "dryRun",
    ];

    [TestCase("as_of", "asOf")]
    [TestCase("AS-OF", "asOf")]
    [TestCase("sesion", "session")]
    [TestCase("evidence_url", "evidenceUrl")]
    [TestCase("evidence url", "evidenceUrl")]
    [TestCase("notes", "note")]
    [TestCase("vote_on", "voteOn")]
    [TestCase("visiblity", "visibility")]
    [TestCase("form", "from")]
    [TestCase("dry_rnu", "dryRun")]
    [TestCase("\u200Bnote", "note")]
    [TestCase("ed", null)]
    [TestCase("q", null)]
    [TestCase("per_page", null)]
    [TestCase("", null)]
    public void A_misspelt_name_has_a_closest_one_or_none(string name, string? closest) =>
        ClosestName.Find(name, Known).ShouldBe(closest);

    [Test]
    public void A_name_of_a_million_letters_has_no_closest_one() =>
        ClosestName.Find(new string('a', 1_000_000), Known).ShouldBeNull();

    [TestCase("aye", "'aye'")]
    [TestCase("São Tomé, 国", "'São Tomé, 国'")]
    [TestCase("yes\u00A0", @"'yes\u00A0'")]
    [TestCase("\u200Byes\r\n", @"'\u200Byes\u000D\u000A'")]
    [TestCase("\u202Eabc\0", @"'\u202Eabc\u0000'")]
    [TestCase("<script>", @"'\u003Cscript\u003E'")]
    [TestCase("1234567890123456789012345678901234567890", "'1234567890123456789012345678901234567890'")]
    [TestCase("12345678901234567890123456789012345678901", "'1234567890123456789012345678901234567890…'")]
    public void Text_from_a_caller_is_shown_short_and_visible(string text, string shown) =>
        SafeText.Quote(text).ShouldBe(shown);

    [TestCase(" \t a b \r\n", "a b")]
    [TestCase("\u00A0\u200B\uFEFFa\u200Bb\u2060\u202F\u3000", "a\u200Bb")]
    [TestCase("a", "a")]
    [TestCase("", "")]
    [TestCase("\u200B \u00A0", "")]
    public void Invisible_characters_are_removed_at_both_ends(string text, string trimmed) =>
        VisibleText.Trim(text).ShouldBe(trimmed);
}
