using VoteTracker.Tests.Endpoints.Tables;

namespace VoteTracker.Tests.Features.Stances;

/// <summary>The column `version` of a table of stances: a wrong number is shown, with what it must be.</summary>
public sealed class VersionColumnTests
{
    [Test]
    public async Task A_version_that_no_stance_had_is_quoted()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        foreach (var version in (string[])["7.0", "1.5", "-1", "1.000", "v2", "99999999999999999999"])
        {
            (await Wrong(app, id, version)).ShouldBe(
                $"line 2, version: must be a version of this stance, as in the export, or empty for the current one; found '{version}'"
            );
        }
    }

    [TestCase("9.00719E+15")]
    [TestCase("4,80894E+12")]
    [TestCase("5E+12")]
    [TestCase("4.808943e12")]
    public async Task A_version_rounded_by_a_spreadsheet_is_recognised(string version)
    {
        using var app = new App();
        var id = await app.OpenDraft();
        (await Wrong(app, id, version)).ShouldBe(
            $"line 2, version: must have all its digits; a spreadsheet rounded it to '{version}': open the export again with this column as text"
        );
    }

    private static async Task<string> Wrong(App app, string id, string version)
    {
        using var answer = await app.Coordinator.ImportStances(
            id,
            $"iso3,version,position,certainty,evidence\nNOR,\"{version}\",yes,likely,call\n"
        );
        return (await answer.WrongLines()).ShouldHaveSingleItem();
    }
}
