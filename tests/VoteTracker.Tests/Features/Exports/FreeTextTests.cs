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
    public void What_a_spreadsheet_would_take_for_a_formula_is_kept_a_text_and_comes_back(string text, string guarded)
    {
        FreeText.Guard(text).ShouldBe(guarded);
        FreeText.Unguard(guarded).ShouldBe(text);
    }

    [Test]
    public void Every_text_comes_back_as_it_was_and_none_is_a_formula()
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
