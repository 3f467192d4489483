using Dapper;
using Microsoft.Data.Sqlite;
using VoteTracker.Database;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Features.Tallies;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Database.Restore;

/// <summary>A SQLite database that is served again: from a backup, from a copy, or at the same place.</summary>
[OnlySqlite]
public sealed class SqliteRestoreTests
{
    [Test]
    public async Task A_backup_reuses_no_version_and_no_cursor_of_the_original()
    {
        using var folder = new Folder();
        using var elsewhere = new Folder();
        Seen seen;
        using (var app = new App(folder: folder))
        {
            seen = await Seen.Begin(app.Admin, app.Clock);
            await DatabaseCopies.Backup(folder, Databases.FileOf(elsewhere));
            await seen.WriteWhatIsLost(app.Admin);
        }
        using var copy = new App(folder: elsewhere);
        copy.Clock.Advance(TimeSpan.FromHours(1));
        await seen.ShouldMeetAnotherIncarnation(copy.Admin);
    }

    [Test]
    public async Task A_raw_copy_in_another_place_reuses_no_version_and_no_cursor_of_the_original()
    {
        using var folder = new Folder();
        using var elsewhere = new Folder();
        Seen seen;
        using (var app = new App(folder: folder))
        {
            seen = await Seen.Begin(app.Admin, app.Clock);
        }
        DatabaseCopies.Copy(folder, Databases.FileOf(elsewhere));
        using (var app = new App(folder: folder))
        {
            app.Clock.Advance(TimeSpan.FromHours(1));
            await seen.WriteWhatIsLost(app.Admin);
        }
        using var copy = new App(folder: elsewhere);
        copy.Clock.Advance(TimeSpan.FromHours(1));
        await seen.ShouldMeetAnotherIncarnation(copy.Admin);
    }

    [Test]
    public async Task The_same_file_continues_after_a_restart_and_after_it_was_renamed()
    {
        using var folder = new Folder();
        using var elsewhere = new Folder();
        Seen seen;
        using (var app = new App(folder: folder))
        {
            seen = await Seen.Begin(app.Admin, app.Clock);
            await seen.WriteWhatIsLost(app.Admin);
        }
        string[] before;
        using (var app = new App(folder: folder))
        {
            app.CreateClient().Dispose();
            before = Rows(folder);
        }
        File.Move(Databases.FileOf(folder), Databases.FileOf(elsewhere));
        File.Move(Databases.FileOf(folder) + ".key", Databases.FileOf(elsewhere) + ".key");
        using var again = new App(folder: elsewhere);
        again.Clock.Advance(TimeSpan.FromHours(1));
        await seen.ShouldMeetTheSame(again.Admin);
        Rows(elsewhere).ShouldBe(before);
    }

    [Test]
    public async Task A_copy_at_the_path_of_a_deleted_file_is_distinguished_by_its_birth_time()
    {
        using var folder = new Folder();
        using var elsewhere = new Folder();
        using (var app = new App(folder: folder))
        {
            await app.OpenDraft();
        }
        DatabaseCopies.Copy(folder, Databases.FileOf(elsewhere));
        File.Delete(Databases.FileOf(folder));
        DatabaseCopies.Copy(elsewhere, Databases.FileOf(folder));
        using var restored = new App(folder: folder);
        (await restored.Admin.GetJson($"/v1/resolutions/{Seen.Draft}/tally"))
            .Version()
            .ShouldBeGreaterThanOrEqualTo(1_000_000);
    }

    [Test]
    public async Task Two_restores_of_one_backup_have_different_versions_and_the_backup_itself_a_third()
    {
        using var folder = new Folder();
        using var backup = new Folder();
        using var one = new Folder();
        using var two = new Folder();
        using (var app = new App(folder: folder))
        {
            await app.OpenDraft();
            await DatabaseCopies.Backup(folder, Databases.FileOf(backup));
        }
        DatabaseCopies.Copy(backup, Databases.FileOf(one));
        DatabaseCopies.Copy(backup, Databases.FileOf(two));
        var versions = new HashSet<long>();
        foreach (var place in (string[])[backup, one, two])
        {
            using var app = new App(folder: place);
            versions.Add((await app.Admin.GetJson($"/v1/resolutions/{Seen.Draft}/tally")).Version());
        }
        versions.Count.ShouldBe(3);
        // The backup is served where it was written, so the incarnation that the command began is served.
        Rows(backup).Length.ShouldBe(2);
    }

    [Test]
    public async Task A_backup_that_is_restored_over_the_old_file_is_a_new_incarnation()
    {
        using var folder = new Folder();
        using var backup = new Folder();
        Seen seen;
        using (var app = new App(folder: folder))
        {
            seen = await Seen.Begin(app.Admin, app.Clock);
            await DatabaseCopies.Backup(folder, Databases.FileOf(backup));
            await seen.WriteWhatIsLost(app.Admin);
        }
        // Like `cp`: the same inode with the same birth time.
        await using (var old = new FileStream(Databases.FileOf(folder), FileMode.Truncate))
        {
            await old.WriteAsync(await File.ReadAllBytesAsync(Databases.FileOf(backup)));
        }
        using var restored = new App(folder: folder);
        restored.Clock.Advance(TimeSpan.FromHours(1));
        await seen.ShouldMeetAnotherIncarnation(restored.Admin);
    }

    [Test]
    public async Task Only_the_service_begins_an_incarnation_not_a_command()
    {
        using var folder = new Folder();
        using var elsewhere = new Folder();
        using (var app = new App(folder: folder))
        {
            await app.OpenDraft();
        }
        DatabaseCopies.Copy(folder, Databases.FileOf(elsewhere));
        var before = Rows(elsewhere);
        before.Length.ShouldBe(1);
        await DatabaseCopies.Run(elsewhere, "key", "add", "--label", "a", "--role", "viewer");
        await DatabaseCopies.Run(elsewhere, "backtest");
        await DatabaseCopies.Backup(elsewhere, Path.Combine(elsewhere, "backup.db"));
        Rows(elsewhere).ShouldBe(before);
        using (var app = new App(folder: elsewhere))
        {
            app.CreateClient().Dispose();
        }
        Rows(elsewhere).Length.ShouldBe(2);
    }

    [Test]
    public async Task A_listener_that_reconnects_to_a_restored_copy_gets_its_state()
    {
        using var folder = new Folder();
        using var elsewhere = new Folder();
        using (var app = new App(folder: folder))
        {
            await Seen.Begin(app.Admin, app.Clock);
        }
        DatabaseCopies.Copy(folder, Databases.FileOf(elsewhere));
        using var copy = new App(folder: elsewhere);
        copy.Clock.Advance(TimeSpan.FromHours(1));
        foreach (var seen in (string[])["2", "3", "4"])
        {
            using var listener = await Listener.Open(copy.Admin, Seen.Draft, lastEventId: seen);
            var (id, tally) = await listener.Next();
            tally.Version().ShouldBeGreaterThanOrEqualTo(1_000_000);
            id.ShouldStartWith($"{tally.Version()}");
        }
    }

    [Test]
    public async Task After_a_restore_a_past_moment_has_the_version_that_was_returned_then()
    {
        using var folder = new Folder();
        using var elsewhere = new Folder();
        using (var app = new App(folder: folder))
        {
            await Seen.Begin(app.Admin, app.Clock);
        }
        DatabaseCopies.Copy(folder, Databases.FileOf(elsewhere));
        using var copy = new App(folder: elsewhere);
        copy.Clock.Advance(TimeSpan.FromHours(1));
        copy.CreateClient().Dispose();
        copy.Clock.Advance(TimeSpan.FromHours(1));
        var asOf = copy.Clock.GetUtcNow().Iso();
        var then = await copy.Admin.GetJson($"/v1/resolutions/{Seen.Draft}/tally?asOf={asOf}");
        then.Version().ShouldBe((await copy.Admin.GetJson($"/v1/resolutions/{Seen.Draft}/tally")).Version());
        var last = (await copy.Admin.GetItems($"/v1/resolutions/{Seen.Draft}/tally/timeline?limit=1000"))[^1];
        last.Version().ShouldBeLessThan(1_000, "nothing that is counted has changed");
        copy.Clock.Advance(TimeSpan.FromHours(1));
        await copy.Admin.RecordStance(Seen.Draft, "BRA", "no");
        (await copy.Admin.GetJson($"/v1/resolutions/{Seen.Draft}/tally?asOf={asOf}"))
            .ToJsonString()
            .ShouldBe(then.ToJsonString());
    }

    [Test]
    public void Versions_are_exact_in_JavaScript_after_a_thousand_restores_and_rarely_equal()
    {
        var newest = 0L;
        for (var restores = 0; restores < 1_000; restores++)
        {
            Incarnation.ChoicesAfter(newest).ShouldBeGreaterThan(1_000_000);
            var next = Incarnation.NextFirstVersion(newest);
            next.ShouldBeGreaterThan(newest);
            (next % 1_000_000).ShouldBe(0);
            // The worst case: always the highest choice.
            newest = (newest / 1_000_000 + Incarnation.ChoicesAfter(newest)) * 1_000_000 + 999_999;
        }
        newest.ShouldBeLessThan(1L << 53);
    }

    private static string[] Rows(string folder)
    {
        using var connection = new SqliteConnection(
            $"Data Source={Databases.FileOf(folder)};Mode=ReadOnly;Pooling=False"
        );
        return
        [
            .. connection.Query<string>(
                "SELECT first_version || ' ' || began_at || ' ' || place FROM incarnation ORDER BY first_version"
            ),
        ];
    }
}
