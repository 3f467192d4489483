using System.Net;
using Microsoft.Extensions.Time.Testing;
using VoteTracker.Tests.Features.Imports;

namespace VoteTracker.Tests.Contract.Recorded;

/// <summary>The service that is recorded, and the resources that the requests address.</summary>
internal sealed class Stage(FakeTimeProvider clock, IPEndPoint server, Recording recording)
{
    /// <summary>A draft that everybody sees with its positions; it has stances, co-sponsors, a scenario and a part.</summary>
    public const string Public = "es-10-l-34";

    /// <summary>A draft that is seen with a key only; a stance of it names a contact.</summary>
    public const string Private = "es-10-l-35";

    /// <summary>A draft of which everybody sees the tally.</summary>
    public const string TallyOnly = "es-10-l-36";

    /// <summary>A draft whose vote a coordinator has recorded.</summary>
    public const string Decided = "es-10-l-38";

    /// <summary>A resolution of the record.</summary>
    public const string Adopted = "es-10-27";

    public const string StaleMatch = "If-Match: \"999999\"";

    public static readonly string[] Roles = ["anonymous", "viewer", "lobbyist", "coordinator", "admin", "unknown-key"];

    /// <summary>Where the service listens.</summary>
    public IPEndPoint Server => server;

    /// <summary>The keys by role.</summary>
    public Dictionary<string, string?> Keys { get; } =
        new(StringComparer.Ordinal)
        {
            ["anonymous"] = null,
            ["admin"] = App.AdminKey,
            ["unknown-key"] = "vt_a-key-that-no-service-has-made-0123456789",
        };

    /// <summary>The ids of contacts, keys and imports, which are random.</summary>
    public Dictionary<string, string> Ids { get; } = new(StringComparer.Ordinal);

    /// <summary>The number of an engagement. It is not among the random ids.</summary>
    public string Engagement { get; set; } = "nothing";

    /// <summary>The number of a task.</summary>
    public string Task { get; set; } = "nothing";

    /// <summary>The number of a milestone.</summary>
    public string Milestone { get; set; } = "1";

    public async Task<RawResponse> Play(RawRequest request) =>
        await recording.Play(server, request, Keys[request.Role]);

    public Task<RawResponse> Get(string role, string path, params string[] headers) =>
        Play(new RawRequest(role, "GET", path) { Headers = headers });

    public Task<RawResponse> Send(string role, string method, string path, params string[] headers) =>
        Play(new RawRequest(role, method, path) { Headers = headers });

    public Task<RawResponse> Json(string role, string method, string path, string json, params string[] headers) =>
        Play(RawRequest.Json(role, method, path, json, headers));

    public Task<RawResponse> Csv(string role, string method, string path, string csv, params string[] headers) =>
        Play(RawRequest.Csv(role, method, path, csv, headers));

    /// <summary>Advances the clock by a minute, so that the next write has another moment.</summary>
    public void Wait() => clock.Advance(TimeSpan.FromMinutes(1));

    /// <summary>Sends a request that is not recorded.</summary>
    public Task<RawResponse> Ask(RawRequest request) => RawResponse.Receive(server, request, Keys[request.Role]);

    /// <summary>Waits until an import has ended; how far it is meanwhile depends on the machine.</summary>
    public Task Ended(string import) =>
        ImportHelp.Until(
            async () =>
                !(await Ask(new RawRequest("admin", "GET", $"/v1/imports/{import}"))).BodyText.Contains(
                    "\"running\"",
                    StringComparison.Ordinal
                ),
            "the import ends"
        );

    /// <summary>The address of an operation, with a resource that is there.</summary>
    public string PathOf(Operation operation, string resolution = Public)
    {
        var path = operation
            .Path.Replace("{iso3}", IsoOf(operation.Path), StringComparison.Ordinal)
            .Replace("{name}", "plan-b", StringComparison.Ordinal)
            .Replace("{importId}", Ids.GetValueOrDefault("stance-import"), StringComparison.Ordinal)
            .Replace("{linkId}", Ids.GetValueOrDefault("share-link"), StringComparison.Ordinal)
            .Replace("{secret}", Ids.GetValueOrDefault("shared"), StringComparison.Ordinal)
            .Replace("{picture}", "board", StringComparison.Ordinal)
            .Replace("{comment}", "1", StringComparison.Ordinal)
            .Replace("{delivery}", "1", StringComparison.Ordinal)
            .Replace("{milestone}", Milestone, StringComparison.Ordinal)
            .Replace("{token}", Ids.GetValueOrDefault("calendar-secret"), StringComparison.Ordinal)
            .Replace("{format}", operation.Id == "GetCitationFile" ? "bib" : "csv", StringComparison.Ordinal)
            .Replace("{id}", IdOf(operation.Path, resolution), StringComparison.Ordinal);
        return operation.Id switch
        {
            "GetAgreement" => path + "?a=ZAF&b=NAM",
            "RecordRollCall" => path + "?missing=non-voting",
            "ImportStances" or "ImportContacts" or "ImportCoSponsors" or "ImportAssignments" or "ImportEndorsements" =>
                path + "?dryRun=true",
            _ => path,
        };
    }

    /// <summary>The request in the example of an operation. It changes no resource that has a version.</summary>
    public RawRequest RequestOf(Operation operation, string role, string resolution = Public)
    {
        var path = PathOf(operation, resolution);
        var request = operation.Id switch
        {
            "ImportRollCalls" => RawRequest.Csv(role, operation.Method, path, "a,b\n1,2\n"),
            "ImportStances" => RawRequest.Csv(
                role,
                operation.Method,
                path,
                "iso3,position,certainty,evidence\nKEN,yes,likely,call\n"
            ),
            "ImportContacts" or "ImportCoSponsors" or "ImportAssignments" => RawRequest.Csv(
                role,
                operation.Method,
                path,
                "iso3,strange\nKEN,x\n"
            ),
            "ImportEndorsements" => RawRequest.Csv(
                role,
                operation.Method,
                path,
                "organisation,strange\nFederation of Nurses,x\n"
            ),
            _ when BodyOf(operation, role) is { } body => RawRequest.Json(role, operation.Method, path, body),
            _ => new RawRequest(role, operation.Method, path),
        };
        return operation.IsConditional ? request with { Headers = [StaleMatch, .. request.Headers] } : request;
    }

    /// <summary>The body of the example, changed so that each role creates another resource.</summary>
    public static string? BodyOf(Operation operation, string role)
    {
        var body = operation.Example;
        switch (operation.Id)
        {
            case "OpenResolution":
                body!["id"] = $"of-{role}";
                break;
            // The stances of this draft are those of other requests.
            case "RecordEngagement":
                body!.Remove("stance");
                break;
            case "RecordEndorsement":
                body!["organisation"] = $"Union of {role}";
                break;
            case "AddSession":
                body!["id"] = role == "coordinator" ? "es-14" : "es-15";
                break;
            case "AddCouncilVeto":
                body!["draft"] = $"S/2026/{role}";
                break;
            case "AddContact":
                body!["memberState"] = role switch
                {
                    "lobbyist" => "BRA",
                    "coordinator" => "CHL",
                    _ => "DNK",
                };
                break;
        }
        return body?.ToJsonString();
    }

    private string IdOf(string path, string resolution) =>
        path.Split('/').ElementAtOrDefault(2) switch
        {
            "sessions" => path == "/v1/sessions/{id}" ? "es-10" : "es-11",
            "council-vetoes" => "1",
            "contacts" => Ids["contact"],
            "imports" => Ids["import"],
            "api-keys" => Ids["key"],
            "webhooks" => Ids["webhook"],
            "engagements" => Engagement,
            "tasks" => Task,
            "endorsements" or "acts" or "pressures" => "1",
            "calendars" => Ids["calendar"],
            _ => resolution,
        };

    private static string IsoOf(string path) =>
        path.Contains("co-sponsors", StringComparison.Ordinal) ? "NOR"
        : path.Contains("ineligibility", StringComparison.Ordinal) ? "TCD"
        : "ZAF";
}
