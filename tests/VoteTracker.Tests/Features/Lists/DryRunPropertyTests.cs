using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using static VoteTracker.Tests.Features.Lists.ListRequests;

namespace VoteTracker.Tests.Features.Lists;

/// <summary>A dry run and the run after it agree on every line, for random files.</summary>
[EveryEngine]
public sealed class DryRunPropertyTests
{
    private static readonly string[][] Headers =
    [
        ["Country", "Vote", "How sure", "Comment"],
        ["member_state", "position", "certainty", "note"],
        ["State", "Position", "Seen by", "reason"],
    ];

    private static readonly string[] States =
    [
        "Norway",
        "NOR",
        "Ivory Coast",
        "UK",
        "Congo",
        "Kenya",
        "Sweden",
        "Ghana",
        "南非",
        "Turkey",
        "KEN",
        "Holy See",
        "Sudáfrica",
        "Südafrika",
    ];

    private static readonly string[] Positions =
    [
        "yes",
        "No",
        "abst.",
        "yes?",
        "?",
        "unknown",
        "yay",
        "",
        "likely no",
        "Y",
        "in favour",
        "absent",
    ];
    private static readonly string[] Certainties = ["firm", "likely", "leaning", "", "", "dunno"];
    private static readonly string[] Notes = ["", "a note", "=1+1", "'kept", "NA", "\"quoted\", with a comma"];

    [Test]
    public void A_dry_run_and_the_run_after_it_agree_on_every_line()
    {
        using var app = new App();
        var id = app.OpenDraft().GetAwaiter().GetResult();
        var (succeeded, refused) = (0, 0);
        Check.One(
            Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(150),
            Prop.ForAll(
                Files(),
                file =>
                {
                    var agree = Agree(app, id, file).GetAwaiter().GetResult();
                    _ = agree ? succeeded++ : refused++;
                }
            )
        );
        succeeded.ShouldBeGreaterThan(10);
        refused.ShouldBeGreaterThan(10);
    }

    // Imports a file twice; true if it was imported.
    private static async Task<bool> Agree(App app, string id, (string Query, string[][] Rows, bool IsWorkbook) file)
    {
        var bytes = file.IsWorkbook
            ? WorkbookBuilder.Of(file.Rows)
            : Encoding.UTF8.GetBytes(
                string.Concat(file.Rows.Select(row => string.Join(',', row.Select(Quote)) + "\n"))
            );
        var before = await app.ReadAll(id);
        var (dryStatus, dry) = await Send(app, id, bytes, $"?dryRun=true{file.Query}");
        (await app.ReadAll(id)).ShouldBe(before);
        var (status, run) = await Send(app, id, bytes, $"?{file.Query.TrimStart('&')}");
        status.ShouldBe(dryStatus);
        run.ShouldBe(dry);
        if (status != 200)
        {
            (await app.ReadAll(id)).ShouldBe(before);
            return false;
        }
        // The same file has nothing more to change.
        var (again, repeated) = await Send(app, id, bytes, "");
        if (again == 400)
        {
            // A stance was deleted, and the certainty in its row was the recorded one before.
            repeated.ShouldContain("must be empty where position is unknown");
            return true;
        }
        (again, JsonNode.Parse(repeated)!["changes"]!.AsArray().Count).ShouldBe((200, 0));
        return true;
    }

    private static async Task<(int Status, string Text)> Send(App app, string id, byte[] bytes, string query)
    {
        using var answer = await app.Import(OfStances(id), bytes, query);
        var json = (await answer.Json()).AsObject();
        json.Remove("dryRun");
        json.Remove("id");
        return ((int)answer.StatusCode, json.ToJsonString());
    }

    private static string Quote(string cell) => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static Arbitrary<(string Query, string[][] Rows, bool IsWorkbook)> Files()
    {
        var row =
            from state in Gen.Elements(States)
            from position in Gen.Elements(Positions)
            from certainty in Gen.Elements(Certainties)
            from note in Gen.Elements(Notes)
            select new[] { state, position, certainty, note };
        // One state that each reading understands: such a file is imported.
        var goodRow =
            from state in Gen.Elements("Norway", "NOR", "Ivory Coast", "KEN", "Südafrika")
            from position in Gen.Elements("yes", "No", "abst.", "unknown", "Y", "absent")
            from note in Gen.Elements(Notes)
            select new[] { state, position, "", note };
        // Most files of several random lines have a wrong line and are refused. Both outcomes must be frequent.
        var rows = Gen.OneOf(
            goodRow.ArrayOf(1),
            row.ArrayOf(1),
            from size in Gen.Choose(2, 6)
            from all in row.ArrayOf(size)
            select all
        );
        return Arb.From(
            from header in Gen.Elements(Headers)
            from query in Gen.Elements("", "&max=1", "&max=0", "&evidence=call")
            from lines in rows
            from isWorkbook in Gen.Elements(true, false)
            select (query, lines.Prepend(header).ToArray(), isWorkbook)
        );
    }
}
