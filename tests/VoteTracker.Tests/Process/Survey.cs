using System.Globalization;
using VoteTracker.Features.Audit;
using VoteTracker.Tests.Features.Audit;

namespace VoteTracker.Tests.Process;

/// <summary>Compares the responses of writers with the rows, and the rows with the responses to reads.</summary>
internal static class Survey
{
    /// <summary>Returns what is wrong, as sentences. The service must be running, without writes.</summary>
    public static async Task<IReadOnlyList<string>> WhatIsWrong(
        Service service,
        string folder,
        string resolution,
        Writers writers
    )
    {
        using var client = service.Client();
        var ledger = Ledger.Read(folder, resolution);
        return
        [
            .. writers.Unexpected.Select(answer => $"a writer received {answer}"),
            .. Lost(ledger, writers),
            .. OverwrittenUnseen(ledger, writers),
            .. ledger.Halves.Select(half => $"half a write: {half}"),
            .. await DifferentResponses(client, ledger),
            .. await WrongAudit(folder, ledger),
        ];
    }

    // Every write that was committed has one entry in the audit, and the chain is complete.
    private static async Task<IReadOnlyList<string>> WrongAudit(string folder, Ledger ledger)
    {
        var written = AuditRequests
            .Entries(folder)
            .Count(e => e.Target?.StartsWith($"id={ledger.Resolution}&iso3=", StringComparison.Ordinal) == true);
        await using var connection = Databases.Open(folder);
        var check = await AuditCheck.Run(connection, expected: null);
        return
        [
            .. check.Fault is { } fault ? (string[])[$"the audit: {fault}"] : [],
            .. written == ledger.Entries.Count
                ? (string[])[]
                : [$"{ledger.Entries.Count} writes were committed, and {written} have an entry in the audit"],
        ];
    }

    // Every acknowledged write exists as it was returned, and no two have the same version.
    private static IEnumerable<string> Lost(Ledger ledger, Writers writers)
    {
        var rows = ledger.Entries.ToDictionary(e => (e.Kind, e.MemberState, e.Version));
        var answered = writers.Answered.Where(w => w.Resolution == ledger.Resolution).ToList();
        foreach (var write in answered)
        {
            if (!rows.TryGetValue((write.Kind, write.MemberState, write.Version), out var row))
            {
                yield return $"version {write.Version} of {write.MemberState} was acknowledged and does not exist";
            }
            else if ((row.Content, row.Note) != (write.Content, write.Note))
            {
                yield return $"version {write.Version} of {write.MemberState} was acknowledged as {write.Content} ({write.Note}) and is {row.Content} ({row.Note})";
            }
        }
        foreach (var twice in answered.GroupBy(w => w.Version).Where(g => g.Count() > 1))
        {
            yield return $"version {twice.Key} was returned to {twice.Count()} writers";
        }
    }

    // Each write of a stance named the version before it, also if its response was not received.
    private static IEnumerable<string> OverwrittenUnseen(Ledger ledger, Writers writers)
    {
        var taken = writers
            .Answered.Where(w => w.Resolution == ledger.Resolution && w is { Kind: "stance", Note: null })
            .ToLookup(w => (w.MemberState, w.Version), w => w.Seen);
        foreach (
            var history in ledger
                .Entries.Where(e => e.Kind == "stance")
                .GroupBy(e => e.MemberState, StringComparer.Ordinal)
        )
        {
            var before = 0L;
            foreach (var entry in history)
            {
                var seen = entry.Reason ?? taken[(entry.MemberState, entry.Version)].FirstOrDefault();
                var current = string.Create(CultureInfo.InvariantCulture, $"\"{before}\"");
                if (seen is not null && seen != current)
                {
                    yield return $"version {entry.Version} of {entry.MemberState} was written over version {current} by a client that saw {seen}";
                }
                before = entry.Version;
            }
        }
    }

    // The tally equals a count of the rows, and the feed has every version in order.
    private static async Task<IReadOnlyList<string>> DifferentResponses(HttpClient client, Ledger ledger)
    {
        var wrong = new List<string>();
        var tally = await client.GetJson($"/v1/resolutions/{ledger.Resolution}/tally");
        if (tally["version"]!.GetValue<long>() != ledger.Version)
        {
            wrong.Add($"the tally is of version {tally["version"]}, the resolution at {ledger.Version}");
        }
        if (Ledger.Counts.From(tally) is var counts && counts != ledger.Standing)
        {
            wrong.Add($"the tally says {counts}, a recount {ledger.Standing}");
        }
        if (ledger.Recounted().GetValueOrDefault(ledger.Version) is var written && written != ledger.Standing)
        {
            wrong.Add($"the histories say {written}, the current state {ledger.Standing}");
        }
        var versions = await ListVersions(client, ledger.Resolution);
        if (!versions.SequenceEqual(Enumerable.Range(1, (int)ledger.Version).Select(v => (long)v)))
        {
            wrong.Add($"the feed has {versions.Count} of {ledger.Version} versions, or not in their order");
        }
        return wrong;
    }

    private static async Task<IReadOnlyList<long>> ListVersions(HttpClient client, string resolution)
    {
        var versions = new List<long>();
        for (var next = "/v1/changes?limit=1000"; ; )
        {
            using var page = await client.GetAsync(next);
            var items = (await page.Json())["items"]!.AsArray();
            if (items.Count == 0)
            {
                return versions;
            }
            versions.AddRange(
                items
                    .Where(c => c!["resolution"]?.GetValue<string>() == resolution)
                    .Select(c => c!["version"]!.GetValue<long>())
            );
            next = page.Headers.GetValues("Link").Single().Split('<', '>')[1];
        }
    }
}
