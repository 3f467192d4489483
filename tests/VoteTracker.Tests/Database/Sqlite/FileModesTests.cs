using System.Diagnostics;
using System.IO.Pipelines;
using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Database.Sqlite;

/// <summary>Only the user that runs the service can read its files.</summary>
[OnlySqlite]
[UnsupportedOSPlatform("windows")]
public sealed class FileModesTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Test]
    public async Task New_files_are_readable_only_by_their_owner_with_any_umask()
    {
        using var folder = new Folder();
        var start = new ProcessStartInfo(
            "bash",
            ["-c", $"umask 000; exec dotnet {Service.Program} --Urls http://127.0.0.1:0"]
        )
        {
            WorkingDirectory = folder,
        };
        start.Environment["VOTETRACKER_ADMINKEY"] = App.AdminKey;
        await using var service = await Service.Start(start);
        using var client = service.Client();
        await client.OpenDraft();
        File.Exists(Path.Combine(folder, "votetracker.db-wal")).ShouldBeTrue();
        OwnerOnlyIn(folder).ShouldBeGreaterThanOrEqualTo(3);
        var (exitCode, output) = await Service.Run(folder, ["backup", "copy.db"]);
        exitCode.ShouldBe(0, output);
        File.GetUnixFileMode(Path.Combine(folder, "copy.db")).ShouldBe(OwnerOnly);
    }

    [Test]
    public async Task Existing_files_become_readable_by_their_owner_only()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        var file = Databases.FileOf(folder);
        const UnixFileMode everybody = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        File.SetUnixFileMode(file, everybody);
        using var before = new SqliteConnection($"Data Source={file};Pooling=False");
        await before.OpenAsync();
        using (var read = before.CreateCommand())
        {
            read.CommandText = "PRAGMA journal_mode = WAL; SELECT COUNT(*) FROM schema_version";
            await read.ExecuteScalarAsync();
        }
        File.GetUnixFileMode(file + "-wal").ShouldBe(everybody);
        using var app = new App(folder: folder);
        await app.OpenDraft();
        OwnerOnlyIn(folder).ShouldBeGreaterThanOrEqualTo(3);
    }

    [Test]
    public async Task An_uploaded_file_is_readable_by_its_owner_only()
    {
        using var app = new App();
        var address = app.Listen();
        using var client = new HttpClient { BaseAddress = new Uri($"http://{address}") };
        client.DefaultRequestHeaders.Authorization = app.Coordinator.DefaultRequestHeaders.Authorization;
        var body = new Pipe();
        // More than the buffer of the client.
        await body.Writer.WriteAsync(new byte[20_000]);
        using var content = new StreamContent(body.Reader.AsStream());
        content.Headers.ContentType = new("text/csv");
        var sent = client.PostAsync("/v1/imports/roll-calls", content);
        using var deadline = new CancellationTokenSource(Hang.Limit);
        string? upload;
        while ((upload = FindOpen(app.Folder, "votetracker-import-")) is null)
        {
            await Task.Delay(10, deadline.Token);
        }
        File.GetUnixFileMode(upload).ShouldBe(OwnerOnly);
        await body.Writer.CompleteAsync();
        using var answer = await sent;
    }

    // The file has no name any more, but the process still has it open.
    private static string? FindOpen(string folder, string name) =>
        new DirectoryInfo("/proc/self/fd")
            .EnumerateFileSystemInfos()
            .FirstOrDefault(open =>
                open.LinkTarget is { } target
                && target.StartsWith(folder, StringComparison.Ordinal)
                && target.Contains(name, StringComparison.Ordinal)
            )
            ?.FullName;

    private static int OwnerOnlyIn(string folder)
    {
        var files = Directory.GetFiles(folder);
        foreach (var file in files)
        {
            File.GetUnixFileMode(file).ShouldBe(OwnerOnly, file);
        }
        return files.Length;
    }
}
