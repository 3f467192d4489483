using System.Net.Http.Json;
using System.Text;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Features.Contacts;

[OnlySqlite]
public sealed class ErasureTests
{
    [Test]
    public async Task What_was_erased_of_contacts_is_nowhere_in_the_file_once_it_is_closed()
    {
        const string marker = "ERASE-ME-WHOLLY";
        using var folder = new Folder();
        string file;
        using (var app = new App(folder: folder))
        {
            file = app.DatabaseFile;
            var lobbyist = app.Lobbyist;
            var paths = new List<string>();
            for (var i = 0; i < 60; i++)
            {
                // Long enough that pages split and rows are moved while they fill.
                using var added = await lobbyist.PostAsJsonAsync(
                    "/v1/contacts",
                    new
                    {
                        memberState = "NOR",
                        name = $"{marker} {i}",
                        office = "mission",
                        notes = new string('n', 40 * i) + marker,
                    }
                );
                ((int)added.StatusCode).ShouldBe(201);
                paths.Add(added.Headers.Location!.ToString());
                using var talk = await lobbyist.PostAsJsonAsync(
                    $"{paths[^1]}/engagements",
                    new
                    {
                        kind = "call",
                        on = "2026-11-20",
                        summary = $"{marker} said so",
                    }
                );
                ((int)talk.StatusCode).ShouldBe(201);
            }
            foreach (var path in paths.Where((_, i) => i % 3 == 0))
            {
                using var body = JsonContent.Create(new { notes = "shorter" });
                using var request = new HttpRequestMessage(HttpMethod.Patch, path) { Content = body };
                request.Headers.TryAddWithoutValidation("If-Match", "*");
                using var patched = await lobbyist.SendAsync(request);
                ((int)patched.StatusCode).ShouldBe(200);
            }
            foreach (var path in paths)
            {
                using var erased = await lobbyist.Send(HttpMethod.Delete, path, ifMatch: "*");
                ((int)erased.StatusCode).ShouldBe(204);
            }
        }
        File.Exists(file + "-wal").ShouldBeFalse("closing folds the log into the file");
        Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)).ShouldNotContain(marker);
    }
}
