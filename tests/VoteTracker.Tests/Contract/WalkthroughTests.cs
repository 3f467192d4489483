using System.Net.Http.Headers;
using System.Text;

namespace VoteTracker.Tests.Contract;

/// <summary>Sends each request of the walkthrough in order to a new installation.</summary>
public sealed class WalkthroughTests
{
    [Test]
    public async Task Every_request_of_the_walkthrough_gets_its_response()
    {
        using var app = new App();
        using var client = app.CreateClient();
        var requests = Requests().ToList();
        requests.Count.ShouldBeGreaterThan(15);

        foreach (var (title, request) in requests)
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            if (answer.Content.Headers.ContentType?.MediaType == "text/event-stream")
            {
                continue;
            }
            var text = await answer.Content.ReadAsStringAsync();
            if (title.Contains("412", StringComparison.Ordinal))
            {
                ((int)answer.StatusCode).ShouldBe(412, $"{title}: {text}");
            }
            else
            {
                answer.IsSuccessStatusCode.ShouldBeTrue($"{title}: {text}");
            }
        }
    }

    private static IEnumerable<(string Title, HttpRequestMessage Request)> Requests()
    {
        var text = Repository
            .Read("openapi/walkthrough.http")
            .ReplaceLineEndings("\n")
            .Replace("{{host}}", "", StringComparison.Ordinal)
            .Replace("{{key}}", App.AdminKey, StringComparison.Ordinal)
            .Replace("{{draft}}", "a-draft", StringComparison.Ordinal);
        // The first part describes the file.
        foreach (var part in text.Split("### ").Skip(2))
        {
            var (head, body) = part.Split("\n\n", 2) is [var h, var b] ? (h, b.Trim()) : (part, "");
            var lines = head.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var headers = lines.Skip(2).Select(l => l.Split(": ", 2)).ToDictionary(h => h[0], h => h[1]);
            var request = new HttpRequestMessage(new HttpMethod(lines[1].Split(' ')[0]), lines[1].Split(' ')[1]);
            if (body.Length > 0)
            {
                request.Content = new StringContent(body + "\n", Encoding.UTF8);
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(headers["Content-Type"]);
            }
            foreach (var (name, value) in headers.Where(h => h.Key != "Content-Type"))
            {
                request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue(name);
            }
            yield return (lines[0], request);
        }
    }
}
