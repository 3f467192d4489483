using FsCheck;
using FsCheck.Fluent;
using VoteTracker.Endpoints.Tables;

namespace VoteTracker.Tests.Features.Exports;

public sealed class FreeTextTests
{
    [TestCase("=1+1", "'=1+1")]
    [TestCase("+49 30", "'+49 30")]
    [TestCase("-", "'-")]
    [TestCase("@all", "'@all")]
    [TestCase("\tx", "'\tx")]
    [TestCase("\rx", "'\rx")]
    [TestCase("'=1", "''=1")]
    [TestCase("''=1", "'''=1")]
    [TestCase("'quoted'", "'quoted'")]
    [TestCase("'", "'")]
    [TestCase("", "")]
    [TestCase("a=b", "a=b")]
    public void Text_that_looks_like_a_formula_stays_text_in_a_spreadsheet_and_is_unchanged_after_import(
        string text,
        string guarded
    )
    {
        FreeText.Guard(text).ShouldBe(guarded);
        FreeText.Unguard(guarded).ShouldBe(text);
    }

    [Test]
    public void Every_text_is_unchanged_after_a_round_trip_and_none_is_a_formula()
    {
        var texts = Gen.Elements('\'', '=', '+', '-', '@', '\t', '\r', 'a', ' ').ListOf().Select(string.Concat);
        Prop.ForAll(
                texts.ToArbitrary(),
                text =>
                {
                    var guarded = FreeText.Guard(text);
                    return FreeText.Unguard(guarded) == text
                        && (guarded.Length == 0 || !"=+-@\t\r".Contains(guarded[0], StringComparison.Ordinal));
                }
            )
            .QuickCheckThrowOnFailure();
    }
}
