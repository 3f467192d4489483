using static VoteTracker.Tests.Features.Imports.VotingLine;

namespace VoteTracker.Tests.Features.Imports;

/// <summary>The order of columns, the separator, the line ends and a BOM do not matter to an import.</summary>
[EveryEngine]
public sealed class FileFormatsTests
{
    [Test]
    public async Task Columns_in_any_order_are_read_and_unknown_columns_are_named()
    {
        using var app = new App();
        var file = new VotingFile();
        for (var i = 0; i < file.Lines.Count; i++)
        {
            var fields = Fields(file.Lines[i]);
            fields.Reverse();
            fields.Insert(3, i == 0 ? "Colour" : "blue");
            file.Lines[i] = Line(fields);
        }
        var report = await app.Coordinator.Imported(file);
        report["findings"]!.AsArray().ShouldBeEmpty();
        report["columnsIgnored"]!.AsArray().Select(c => c!.GetValue<string>()).ShouldBe(["colour"]);
        report.Int("texts").ShouldBe(5);
        (await app.Anonymous.GetJson("/v1/resolutions/78-7/tally")).Int("yes").ShouldBe(187);
    }

    [AnyEngine]
    [TestCase("\n", ',', false, TestName = "The_separator_line_ends_and_BOM_do_not_matter(LF)")]
    [TestCase("\r\n", ';', true, TestName = "The_separator_line_ends_and_BOM_do_not_matter(semicolons_and_BOM)")]
    [TestCase("\n", '\t', false, TestName = "The_separator_line_ends_and_BOM_do_not_matter(tabs)")]
    public async Task The_separator_line_ends_and_BOM_do_not_matter(string end, char separator, bool mark)
    {
        using var app = new App();
        var file = new VotingFile { LineEnd = end };
        for (var i = 0; i < file.Lines.Count; i++)
        {
            file.Lines[i] = Line(Fields(file.Lines[i]), separator);
        }
        if (mark)
        {
            file.Lines[0] = '\uFEFF' + file.Lines[0];
        }
        var report = await app.Coordinator.Imported(file);
        report["findings"]!.AsArray().ShouldBeEmpty();
        (report.Int("texts"), report.Int("votes")).ShouldBe((5, 957));
    }
}
