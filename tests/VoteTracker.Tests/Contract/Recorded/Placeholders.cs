using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace VoteTracker.Tests.Contract.Recorded;

/// <summary>Stable names for what is random by nature: keys, ids, cursors of lists of random ids, dates.</summary>
internal sealed class Placeholders
{
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["CreateApiKey"] = "key",
        ["RotateApiKey"] = "key",
        ["AddContact"] = "contact",
        ["ImportRollCalls"] = "import",
        ["ImportStances"] = "stance-import",
        ["CreateShareLink"] = "share-link",
        ["CreateWebhook"] = "webhook",
        ["RotateWebhookSecret"] = "webhook",
        ["TestWebhook"] = "webhook-test",
        ["CreateCalendar"] = "calendar",
    };

    // A number of a running import, which grows while it is read.
    private const string Progress = "(?<=\"(bytesRead|lines)\":)\\d+";

    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>Remembers the ids and keys that a response has made.</summary>
    public void Learn(Operation? operation, RawResponse response)
    {
        if (
            operation is null
            || response.Body.Length == 0
            || response.Status is < 200 or > 299
            || !Kinds.TryGetValue(operation.Id, out var kind)
        )
        {
            return;
        }
        var json = JsonNode.Parse(response.BodyText)!;
        foreach (var field in (string[])["id", "key", "url", "secret", "event"])
        {
            // The last part of an address is its secret. The number of a delivery is not random.
            if (
                json[field] is JsonValue text
                && text.TryGetValue<string>(out var whole)
                && (field == "secret" ? whole : whole.Split('/')[^1].Split('.')[0]) is { Length: > 0 } value
                && !_names.ContainsKey(value)
            )
            {
                var counted = field is "id" or "event" ? kind : "secret";
                var count = _counts[counted] = _counts.GetValueOrDefault(counted) + 1;
                _names[value] = string.Create(CultureInfo.InvariantCulture, $"<{counted}-{count}>");
            }
        }
    }

    /// <summary>The text with placeholders for the ids and keys.</summary>
    public string Replace(string text)
    {
        foreach (var (value, name) in _names)
        {
            // An address is also sent with its first letter in hexadecimal. That form comes first: the code of a digit ends
            // with the digit, so the form contains the value.
            text = text.Replace(
                    string.Create(CultureInfo.InvariantCulture, $"%{(int)value[0]:X2}{value[1..]}"),
                    $"%{name}",
                    StringComparison.Ordinal
                )
                .Replace(value, name, StringComparison.Ordinal);
        }
        return text;
    }

    /// <summary>The head of a response, each header on a line.</summary>
    public string Head(Operation? operation, RawResponse response)
    {
        var head = Replace(response.Head).Replace("\r\n", "\n", StringComparison.Ordinal);
        head = Regex.Replace(head, "(?m)^Date: .*$", "Date: <date>");
        // Those of pages and pictures are recorded. All other responses have the same ones, which SecurityHeadersTests
        // compares.
        head = Regex.Replace(
            head,
            "(?m)^(X-Content-Type-Options: nosniff|Content-Security-Policy: default-src 'none'; frame-ancestors 'none'|Referrer-Policy: no-referrer)\n",
            ""
        );
        if (
            operation?.Id
            is "ListApiKeys"
                or "ListContacts"
                or "ListEngagements"
                or "ListShareLinks"
                or "ListWebhooks"
                or "ListCalendars"
                or "ListAudit"
        )
        {
            head = Regex.Replace(head, "cursor=[A-Za-z0-9_-]+", "cursor=<cursor>");
        }
        if (response.Status == 429)
        {
            // The limit is counted by the clock of the machine.
            head = Regex.Replace(head, "(?m)^Retry-After: .*$", "Retry-After: <seconds>");
        }
        if (operation?.Id == "ImportRollCalls")
        {
            // The length as if each number of the progress had one digit.
            var more = Regex.Matches(response.BodyText, Progress).Sum(number => number.Length - 1);
            head = Regex.Replace(
                head,
                "(?m)(?<=^Content-Length: )\\d+$",
                length =>
                    (int.Parse(length.Value, CultureInfo.InvariantCulture) - more).ToString(
                        CultureInfo.InvariantCulture
                    )
            );
        }
        return IsFile(operation, response) ? OfFile(head) : head;
    }

    /// <summary>The text of a body.</summary>
    public string Body(Operation? operation, string body)
    {
        var text = Replace(body);
        return operation?.Id switch
        {
            "ListApiKeys" or "ListShareLinks" or "ListWebhooks" or "ListCalendars" => Sorted(text),
            "ImportRollCalls" => Regex.Replace(text, Progress, "<number>"),
            "StreamTally" or "StreamTallies" or "StreamSharedTally" => Regex.Replace(
                text,
                "(?m)^retry: \\d+$",
                "retry: <number>"
            ),
            _ => text,
        };
    }

    /// <summary>
    /// Whether its body is not recorded. It is a page or a file of the pages, which are not part of the contract, or the
    /// audit: its salts are random, and refused rights are written after their responses.
    /// </summary>
    public static bool IsFile(Operation? operation, RawResponse response) =>
        operation?.Id == "ListAudit" && response.Status == 200
        || operation is null
            && response.Status is (200 or 304)
            && response.Header("Content-Type") is not ("application/problem+json" or "application/json; charset=utf-8");

    // A file of the pages has the time at which it was written.
    private static string OfFile(string head) =>
        Regex.Replace(head, "(?m)^(Last-Modified|ETag|Content-Length): .*$", "$1: <of the file>");

    // The list is ordered by random ids.
    private static string Sorted(string text)
    {
        var begin = text.IndexOf("[{", StringComparison.Ordinal);
        var end = text.LastIndexOf("}]", StringComparison.Ordinal);
        return begin < 0 || end < 0
            ? text
            : $"{text[..begin]}[{{{string.Join("},\n{", text[(begin + 2)..end].Split("},{").Order(StringComparer.Ordinal))}{text[end..]}";
    }
}
