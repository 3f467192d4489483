using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace VoteTracker.Benchmarks.Measuring;

/// <summary>A draft to poll and to write to.</summary>
internal static class Campaign
{
    public const string Tally = "v1/resolutions/es-10-l-34/tally";
    public const string Stances = "v1/resolutions/es-10-l-34/stances";

    /// <summary>Opens the draft with a public tally and the stances of an earlier roll call.</summary>
    public static async Task Open(Server server)
    {
        using var client = server.Client();
        using var answer = await client.PostAsJsonAsync(
            "v1/resolutions",
            new
            {
                symbol = "A/ES-10/L.34",
                title = "A draft",
                session = "es-10",
                kind = "draft",
                baseline = "es-10-27",
                visibility = "tally",
            }
        );
        answer.EnsureSuccessStatusCode();
    }

    public static async Task<IReadOnlyList<string>> Members(Server server)
    {
        using var client = server.Client();
        return await Members(client);
    }

    public static async Task<IReadOnlyList<string>> Members(HttpClient client)
    {
        var list = await client.GetFromJsonAsync<JsonNode>("v1/member-states");
        return [.. list!["items"]!.AsArray().Select(m => m!["iso3"]!.GetValue<string>())];
    }

    /// <summary>
    /// A wrk script that records stances over any version. Each connection writes one state after another, without a pause
    /// or at a steady rate.
    /// </summary>
    public static string WriteScript(string path, IReadOnlyList<string> members, int? perSecond = null) =>
        $$"""
            local members = { {{string.Join(", ", members.Select(m => $"\"{m}\""))}} }
            local positions = { "yes", "no", "abstain", "absent", "undecided" }
            local requests = {}
            local i = 0
            function init(args)
              local headers = { ["Authorization"] = "Bearer {{Server.AdminKey}}", ["If-Match"] = "*", ["Content-Type"] = "application/json" }
              for m, member in ipairs(members) do
                for p, position in ipairs(positions) do
                  local body = '{"position":"' .. position .. '","certainty":"likely","evidence":"call","note":"said so on the telephone","reason":"called"}'
                  requests[#requests + 1] = wrk.format("PUT", "/{{path}}/" .. member, headers, body)
                end
              end
            end
            function request()
              i = i + 1
              return requests[(i * 7) % #requests + 1]
            end
            {{(perSecond is { } rate ? Pace(rate) : "")}}
            """;

    // The n-th request is due at a fixed time after the first. A late request does not wait.
    private static string Pace(int perSecond) =>
        $$"""

            local ffi = require("ffi")
            ffi.cdef("typedef struct { long seconds, microseconds; } moment; int gettimeofday(moment *, void *);")
            local moment = ffi.new("moment")
            local first, asked = nil, 0
            function delay()
              ffi.C.gettimeofday(moment, nil)
              local now = tonumber(moment.seconds) * 1000 + tonumber(moment.microseconds) / 1000
              first = first or now
              asked = asked + 1
              return math.max(0, math.floor(first + asked * {{1000 / (double)perSecond}} - now))
            end
            """;
}
