using System.Globalization;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Fuzz;

/// <summary>
/// Values of parameters and fields, by their schema and name. Ids of resources that the service names itself are
/// placeholders such as `{contact-03}`, so that a request does not depend on the run. A placeholder is as long as an id.
/// </summary>
internal static class Values
{
    /// <summary>How many resolutions, contacts and so on the requests address.</summary>
    public const int Resolutions = 40;
    public const int Contacts = 8;
    public const int Vetoes = 20;
    public const int Keys = 6;

    private static readonly string[] States = ["NOR", "ZAF", "BRA", "IND", "FRA", "KEN", "USA", "TUV", "EGY", "JPN"];
    private static readonly string[] OtherStates = ["VAT", "PSE", "YUG", "SUN", "XXX", "ZZZ", "AND", "nor", "NO"];
    private static readonly string[] Groups =
    [
        "african-states",
        "african-union",
        "asia-pacific-states",
        "none-such",
        "AFRICAN-STATES",
        "",
    ];
    private static readonly string[] Days =
    [
        "2026-11-21",
        "2026-11-20",
        "2026-12-01",
        "2022-03-02",
        "2024-02-29",
        "2023-02-29",
        "1945-10-24",
        "9999-12-31",
        "0001-01-01",
        "2026-13-01",
    ];
    private static readonly string[] Moments =
    [
        "2026-11-21T12:00:00Z",
        "2026-11-20T00:00:00Z",
        "2022-03-02T17:00:00.123456Z",
        "2026-11-21T12:00:00.1234567890123Z",
        "2026-11-21T12:00:00+01:00",
        "2026-11-21t12:00:00z",
        "2026-11-21",
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00Z",
        "2026-06-30T23:59:60Z",
        "2030-01-01T00:00:00Z",
    ];

    /// <summary>The id that a valid address names in this place.</summary>
    public static string InPath(Draw draw, string template, Parameter parameter) =>
        parameter.Name switch
        {
            "iso3" => State(draw),
            "name" => "plan-" + draw.Below(4),
            "id" when template.StartsWith("/v1/contacts", StringComparison.Ordinal) => Contact(draw),
            "id" when template.StartsWith("/v1/engagements", StringComparison.Ordinal) => Few(draw),
            "id" when template.StartsWith("/v1/tasks", StringComparison.Ordinal) => Few(draw),
            "id" when Security.RouteRequests.IsOfSupport(template) => Few(draw),
            "id" when template.StartsWith("/v1/council-vetoes", StringComparison.Ordinal) => Few(draw),
            "id" when template.StartsWith("/v1/api-keys", StringComparison.Ordinal) => Key(draw),
            "id" when template.StartsWith("/v1/webhooks", StringComparison.Ordinal) => "{webhook-00}",
            "id" when template.StartsWith("/v1/imports", StringComparison.Ordinal) => "{import-00}",
            "id" when template.StartsWith("/v1/sessions", StringComparison.Ordinal) => Session(draw),
            "id" when template.StartsWith("/v1/calendars", StringComparison.Ordinal) => "{calendar-00}",
            "token" => "{calendar-secret-00}",
            "comment" or "delivery" or "milestone" => Few(draw),
            "importId" => "{stances-00}",
            "linkId" => "{link-00}",
            "secret" => string.Create(CultureInfo.InvariantCulture, $"{{shared-{draw.Below(Resolutions):00}}}"),
            // A few, so that an import and its revert often address the same one; the last ones are not voted on.
            "id" when template.Contains("/stances/import", StringComparison.Ordinal) && draw.Percent(80) => Id(
                Resolutions - 1 - draw.Below(2)
            ),
            // Some drafts have no history, so that they can be deleted.
            "id" when template == "/v1/resolutions/{id}" && draw.OneIn(3) => "fuzz-new-" + draw.Below(4),
            // Few of them are ever voted on, so that the stances of most can still be written.
            "id"
                when template.EndsWith("/roll-call", StringComparison.Ordinal)
                    || template.Contains("/vote-day", StringComparison.Ordinal) => Resolution(draw, Resolutions / 5),
            "id" => Resolution(draw, Resolutions),
            _ => Valid(draw, parameter.Name, parameter.Schema) ?? "x",
        };

    /// <summary>A text, number or truth value that fits, as its bare characters; null if the schema is not one of a text.</summary>
    public static string? Valid(Draw draw, string name, JsonObject schema) =>
        schema["enum"] is JsonArray words
            ? Word(draw, words)
            : schema["format"]?.GetValue<string>() switch
            {
                "date" => draw.Pick(Days),
                "date-time" => draw.Pick(Moments),
                "int32" or "int64" or "double" => Number(draw, schema),
                _ when Types(schema).Contains("integer") || Types(schema).Contains("number") => Number(draw, schema),
                _ when Types(schema).Contains("boolean") => draw.Percent(50) ? "true" : "false",
                _ when Types(schema).Contains("string") || Types(schema).Count == 0 => Named(draw, name, schema),
                _ => null,
            };

    public static IReadOnlyList<string> Types(JsonObject schema) =>
        schema["type"] switch
        {
            JsonArray several => [.. several.Select(t => t!.GetValue<string>())],
            JsonValue one => [one.GetValue<string>()],
            _ => [],
        };

    /// <summary>A draft of the fuzzer, now and then a resolution of the record or one that is missing.</summary>
    public static string Resolution(Draw draw, int among) =>
        draw.Below(20) switch
        {
            0 => "es-10-27",
            1 => draw.Pick((string[])["es-11-1", "es-10-l-none", "fuzz-0-para", "FUZZ-1", "-", "a"]),
            _ => Id(draw.Below(among)),
        };

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"fuzz-{number}");

    public static string State(Draw draw) => draw.Pick(draw.Percent(90) ? States : OtherStates);

    // The numbers of engagements and tasks begin with 1.
    private static string Few(Draw draw) => draw.Between(1, 30).ToString(CultureInfo.InvariantCulture);

    private static string Session(Draw draw) =>
        draw.Pick((string[])["es-10", "es-11", "es-12", "es-13", "81", "80", "1", "es-99", "0"]);

    private static string Contact(Draw draw) =>
        draw.Percent(90)
            ? string.Create(CultureInfo.InvariantCulture, $"{{contact-{draw.Below(Contacts):00}}}")
            : "abcdefghijkl";

    private static string Key(Draw draw) =>
        draw.Percent(80)
            ? string.Create(CultureInfo.InvariantCulture, $"{{key-{draw.Below(Keys):00}}}")
            : "abcdefghijkl";

    private static string? Word(Draw draw, JsonArray words) => draw.Pick<JsonNode?>([.. words])?.GetValue<string>();

    // Border values are as likely as those between them.
    private static string Number(Draw draw, JsonObject schema)
    {
        var least = schema["minimum"]?.GetValue<double>() ?? 0;
        var most = schema["maximum"]?.GetValue<double>() ?? 5;
        var number = draw.Below(4) switch
        {
            0 => least,
            1 => most,
            _ => least + Math.Min(most - least, 20) * draw.Below(100) / 100,
        };
        return (Types(schema).Contains("integer") ? Math.Round(number) : number).ToString(CultureInfo.InvariantCulture);
    }

    private static string Named(Draw draw, string name, JsonObject schema)
    {
        if (schema["maxLength"]?.GetValue<int>() is { } longest && draw.OneIn(12))
        {
            return new string('a', draw.Between(longest - 1, longest + 1));
        }
        return name switch
        {
            "memberState" or "a" or "b" => State(draw),
            "contact" or "contacts" => Contact(draw),
            "assignee" => draw.Pick((string[])["me", "me", "me", "fuzz lobbyist", "desk 1", "nobody"]),
            "resolution" => Resolution(draw, Resolutions),
            "group" => draw.Pick(Groups),
            "by" => draw.Pick((string[])["regional-group", "bloc", "african-states", "african-union", "certainty"]),
            "session" => draw.Pick((string[])["es-10", "es-10", "es-10", "81", "es-11", "es-99"]),
            "resumes" => Session(draw),
            "against" => draw.Pick((string[])["CHN", "FRA", "GBR", "RUS", "RUS", "USA", "SUN", "NOR"]),
            "parent" or "baseline" => Resolution(draw, Resolutions),
            "id" when draw.OneIn(8) => draw.Pick((string[])["es-12", "es-13", "es-10-2026", "82"]),
            "id" => draw.OneIn(2) ? "fuzz-new-" + draw.Below(4) : Id(draw.Below(Resolutions)),
            "symbol" => string.Create(CultureInfo.InvariantCulture, $"A/ES-10/L.{draw.Between(100, 400)}"),
            "label" => string.Create(CultureInfo.InvariantCulture, $"desk {draw.Below(2_000)}"),
            "filter" => draw.Pick(
                (string[])["", "show=mine", "position=undecided&group=nam", "q=a&q=b", "x=1", "assignee=me"]
            ),
            "text" when draw.OneIn(4) => draw.Pick((string[])["@fuzz lobbyist: call", "@@@", "@nobody"]),
            "organisation" => draw.Pick((string[])["A", "B", "C", "Federation of Teachers", "<b>x</b>", "\u202Ex"]),
            "languages" => draw.Pick((string[])["en", "fr", "pt-BR", "zh-Hant", "EN", "English", "xx", "en_US"]),
            // Of an endorsement, an act or a webhook. Nothing listens at the first.
            "url" => draw.Pick(
                (string[])
                    ["http://127.0.0.1:9/", "http://127.0.0.1:9/", "https://10.0.0.1/", "javascript:alert(1)", "a b"]
            ),
            "evidenceUrl" => draw.Pick((string[])["https://example.org/a", "http://example.org", "ftp://x", "a b"]),
            "email" => draw.Pick((string[])["legal@mission.example", "a@b", "nobody", "a@b@c.example"]),
            "startsWith" => draw.Pick((string[])["K", "N", "NOR", "ZAF", "X", "PSE", "kenya", ""]),
            "plannedAt" => draw.Pick((string[])["15:00", "09:30", "00:00", "02:30", "24:00", "3 pm", "15:00:00"]),
            "textVersion" => draw.Pick((string[])["original", "Rev.1", "Rev.1", "Rev.2", "Rev.99", "Rev.100", "rev.1"]),
            "since" or "from" => draw.Pick((string[])["24h", "7d", "2026-11-20", "2026-11-21T10:00:00Z", "24x", "0d"]),
            "step" => draw.Pick((string[])["1d", "6h", "PT6H", "P1D", "1w", "0d", "-1d", "30s"]),
            "explain" or "strict" or "dryRun" or "skipChanged" => draw.Pick(
                (string[])["true", "false", "1", "", "yes", "NOR"]
            ),
            "cursor" or "after" => draw.Pick((string[])[$"{{{name}}}", $"{{{name}}}", "AAAA", "0", "-1", "", "eyJ9"]),
            _ => Texts.Ordinary(draw),
        };
    }
}
