using System.Net.Http.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;
using VoteTracker.Database.Encryption;
using VoteTracker.Tests.Features.Contacts;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Features.PersonalData;

/// <summary>Texts about people are encrypted in the database, and responses have them as they were written.</summary>
[EveryEngine]
public sealed class EncryptionTests
{
    [Test]
    public async Task Texts_about_people_are_stored_encrypted_and_read_as_they_were_written()
    {
        using var folder = new Folder();
        using (var app = new App(folder: folder))
        {
            await People.Write(app);
        }
        var dump = string.Join('\n', Databases.Dump(folder));
        dump.ShouldNotContain(People.Marker);
        dump.ShouldContain("\u0001p1:");
        // Another process reads the same, with the keys of the database.
        using var later = new App(folder: folder);
        var texts = await People.Read(later);
        texts.Count.ShouldBe(14);
        texts.ShouldAllBe(text => text.StartsWith(People.Marker, StringComparison.Ordinal));
        (await later.Lobbyist.GetItems("/v1/contacts"))[0]["name"]!
            .GetValue<string>()
            .ShouldBe($"{People.Marker} Ångström");
    }

    [Test]
    public async Task The_texts_of_an_earlier_release_are_encrypted_at_the_start()
    {
        using var folder = new Folder();
        List<string> before;
        using (var app = new App(folder: folder))
        {
            await People.Write(app);
            before = await People.Read(app);
            // As a release without encryption stored them: more rows than a batch has, and no key.
            await Decrypt(app);
        }
        string.Join('\n', Databases.Dump(folder)).ShouldContain(People.Marker);
        using var later = new App(folder: folder);
        (await People.Read(later)).ShouldBe(before);
        var dump = string.Join('\n', Databases.Dump(folder));
        dump.ShouldNotContain(People.Marker);
        (await later.Lobbyist.GetItems("/v1/contacts?limit=1000")).Count.ShouldBeGreaterThan(500);
        later.Log.ShouldContain(line => line.Contains("Encrypted the texts of", StringComparison.Ordinal));
        (await Count(later, "plain_text")).ShouldBe(0);
    }

    [Test]
    public async Task A_database_without_texts_about_people_has_no_key()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Coordinator.RecordStance(id, "NOR", "yes");
        (await Count(app, "protection_key")).ShouldBe(0);
        File.Exists(app.DatabaseFile + ".key").ShouldBeFalse();
        await ContactRequests.Add(app);
        (await Count(app, "protection_key")).ShouldBe(1);
    }

    [Test]
    public async Task A_new_key_is_created_before_the_current_one_expires_and_old_texts_stay_readable()
    {
        using var app = new App();
        var path = await ContactRequests.Add(app);
        app.Clock.Jump(TimeSpan.FromDays(80));
        using var deadline = new CancellationTokenSource(Hang.Limit);
        while (await Count(app, "protection_key") < 2)
        {
            app.Clock.Advance(TimeSpan.FromHours(1));
            await Task.Delay(10, deadline.Token);
        }
        (await app.Lobbyist.GetJson(path))["name"]!.GetValue<string>().ShouldBe("The desk");
        app.Clock.Advance(TimeSpan.FromHours(2));
        (await Count(app, "protection_key")).ShouldBe(2);
    }

    [Test]
    public async Task A_replica_reads_texts_that_another_one_encrypted_with_a_newer_key()
    {
        using var app = new App();
        var path = await ContactRequests.Add(app);
        var texts = app.Services.GetRequiredService<Db>().Engine.Texts;
        var current = texts.Keys;
        // As in a replica that has loaded its keys before: it knows another key only.
        var now = DateTimeOffset.UtcNow;
        texts.Keys = LoadedKeys.Open([LoadedKeys.Create(now, now.AddDays(1))]);
        (await app.Lobbyist.GetJson(path))["name"]!.GetValue<string>().ShouldBe("The desk");
        texts.Keys.ShouldNotBeSameAs(current);
    }

    private static Task<long> Count(App app, string table) =>
        app.Services.GetRequiredService<Db>().Read(c => c.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM {table}"));

    private static async Task Decrypt(App app)
    {
        var db = app.Services.GetRequiredService<Db>();
        await db.Write(async write =>
        {
            var texts = PersonalTexts.Of(write.Connection);
            foreach (var table in EncryptedTable.All)
            {
                foreach (var column in table.Columns)
                {
                    var stored = await write.Connection.QueryAsync<string>(
                        $"SELECT {column} FROM {table.Name} WHERE {column} IS NOT NULL"
                    );
                    foreach (var text in stored)
                    {
                        await write.Connection.ExecuteAsync(
                            $"UPDATE {table.Name} SET {column} = @plain WHERE {column} = @text",
                            new { plain = texts.Decrypt(text), text }
                        );
                    }
                }
                await write.Connection.ExecuteAsync(
                    "INSERT INTO plain_text (table_name) VALUES (@Name)",
                    new { table.Name }
                );
            }
            await write.Connection.ExecuteAsync(
                """
                WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 600)
                INSERT INTO contact (id, member_state, name, office, version, changed_at, changed_by)
                SELECT 'c' || CAST(n AS TEXT), 'NOR', @name, 'mission', 1, @Now, 'somebody' FROM number
                """,
                new { name = $"{People.Marker} Old", write.Now }
            );
            await write.Connection.ExecuteAsync("DELETE FROM protection_key");
            return true;
        });
    }
}
