using System.Text;
using VoteTracker.Tests.Features.Contacts;

namespace VoteTracker.Tests.Features.Audit;

/// <summary>The entries of imports of contacts, whose responses tell which names exist.</summary>
[EveryEngine]
public sealed class AuditedImportsTests
{
    private const string Import = "/v1/contacts/import";

    [Test]
    public async Task A_dry_run_and_a_rejected_import_of_contacts_are_reads_and_an_import_is_a_write()
    {
        using var app = new App();
        await ContactRequests.Add(app);
        var before = app.LastEntry();
        (await Send(app, $"{Import}?dryRun=true")).ShouldBe(200);
        app.Since(before).Select(e => (e.Action, e.Operation)).ShouldBe([("read", $"POST {Import}")]);
        before = app.LastEntry();
        (await Send(app, $"{Import}?max=0")).ShouldBe(409);
        app.Since(before).Select(e => (e.Action, e.Operation)).ShouldBe([("read", $"POST {Import}")]);
        before = app.LastEntry();
        (await Send(app, Import)).ShouldBe(200);
        app.Since(before).Select(e => (e.Action, e.Operation)).ShouldBe([("write", $"POST {Import}")]);
    }

    private static async Task<int> Send(App app, string path)
    {
        using var csv = new StringContent("state,name,title\nNorway,The desk,Attaché\n", Encoding.UTF8, "text/csv");
        using var answer = await app.Lobbyist.PostAsync(path, csv);
        return (int)answer.StatusCode;
    }
}
