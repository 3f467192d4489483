using System.Net;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;
using VoteTracker.Database.Audit;
using VoteTracker.Features.Audit;

namespace VoteTracker.Tests.Features.Audit;

/// <summary>What the tests of the audit read and send.</summary>
internal static class AuditRequests
{
    // The moments of SQLite are converted, although no service of this process may have run yet.
    static AuditRequests() => System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(typeof(Db).TypeHandle);

    /// <summary>Every entry, the oldest first, without an entry of this read.</summary>
    public static IReadOnlyList<AuditRow> Entries(string folder)
    {
        using var connection = Databases.Open(folder);
        return [.. connection.Query<AuditRow>($"SELECT {AuditRow.Columns} FROM audit_entry ORDER BY seq")];
    }

    /// <summary>The entries since a number.</summary>
    public static IReadOnlyList<AuditRow> Since(this App app, long seq) =>
        [.. Entries(app.Folder).Where(entry => entry.Seq > seq)];

    /// <summary>The number of the last entry; 0 if there is none.</summary>
    public static long LastEntry(this App app) => Entries(app.Folder) is [.., var last] ? last.Seq : 0;

    /// <summary>Checks the chain.</summary>
    public static Task<AuditCheck> Verify(this App app, AuditHead? expected = null) =>
        app.Services.GetRequiredService<Db>().Read(connection => AuditCheck.Run(connection, expected));

    /// <summary>Waits until an entry is there that is written after its response.</summary>
    public static async Task<IReadOnlyList<AuditRow>> WaitFor(this App app, long since, Func<AuditRow, bool> isFound)
    {
        using var limit = new CancellationTokenSource(Hang.Limit);
        while (true)
        {
            var entries = app.Since(since);
            if (entries.Any(isFound))
            {
                return entries;
            }
            await Task.Delay(10, limit.Token);
        }
    }

    /// <summary>The items of the list, as an admin reads it.</summary>
    public static async Task<IReadOnlyList<JsonNode>> List(this App app, string query = "") =>
        [.. (await app.Admin.GetJson($"/v1/audit{query}"))["items"]!.AsArray().Select(item => item!)];

    /// <summary>Runs SQL like an attacker, who has first removed the protection of the table.</summary>
    public static void Tamper(this App app, string sql)
    {
        Databases.Execute(
            app.Folder,
            Databases.ArePostgres
                ? "DROP TRIGGER IF EXISTS audit_entry_is_guarded ON audit_entry"
                : "DROP TRIGGER IF EXISTS audit_entry_is_kept; DROP TRIGGER IF EXISTS audit_entry_is_unchanged"
        );
        Databases.Execute(app.Folder, sql);
    }

    /// <summary>Sends a request from an address. Only the test server lets a test choose it.</summary>
    public static async Task<int> SendFrom(
        this App app,
        string peer,
        string path,
        string? key,
        string? forwardedFor = null
    )
    {
        _ = app.Services;
        var answer = await app.Server.SendAsync(http =>
        {
            http.Connection.RemoteIpAddress = IPAddress.Parse(peer);
            http.Request.Method = "GET";
            http.Request.Path = path;
            if (key is not null)
            {
                http.Request.Headers.Authorization = $"Bearer {key}";
            }
            if (forwardedFor is not null)
            {
                http.Request.Headers["X-Forwarded-For"] = forwardedFor;
            }
        });
        // The request ends with its body.
        await answer.Response.Body.CopyToAsync(Stream.Null);
        return answer.Response.StatusCode;
    }
}
