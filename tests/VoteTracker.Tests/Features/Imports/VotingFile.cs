using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.Imports;

/// <summary>A part of the Library's file with five real votes, which tests change. Line 1 is the header.</summary>
internal sealed class VotingFile
{
    private static readonly Lazy<string[]> Piece = new(() =>
    {
        using var file = File.OpenRead(
            Path.Combine(Repository.Root, "tests/VoteTracker.Tests/Features/Imports/ga-voting-piece.csv.gz")
        );
        using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress), Encoding.UTF8);
        return text.ReadToEnd().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    });

    /// <summary>The lines, the header first, without their ends.</summary>
    public List<string> Lines { get; init; } = [.. Piece.Value];

    /// <summary>What follows each line.</summary>
    public string LineEnd { get; set; } = "\r\n";

    /// <summary>What follows the last line.</summary>
    public string? LastEnd { get; set; }

    public string[] Header => Lines[0].Split(',');

    /// <summary>The line number of a member in a resolution.</summary>
    public int Line(string symbol, string code)
    {
        var line = Lines.FindIndex(l => l.Split(',')[1] == code && l.Contains($",{symbol},", StringComparison.Ordinal));
        line.ShouldBeGreaterThan(0, $"{symbol} names {code}");
        return line + 1;
    }

    /// <summary>Replaces a part of a line.</summary>
    public VotingFile Change(int line, string from, string to)
    {
        Lines[line - 1].ShouldContain(from);
        Lines[line - 1] = Lines[line - 1].Replace(from, to, StringComparison.Ordinal);
        return this;
    }

    /// <summary>Changes the vote of a member, and returns its line number.</summary>
    public int Vote(string symbol, string code, string vote)
    {
        var line = Line(symbol, code);
        var fields = Lines[line - 1].Split(',', 5);
        // No member that tests change has a name with a comma.
        fields[3] = vote;
        Lines[line - 1] = string.Join(',', fields);
        return line;
    }

    /// <summary>Removes the lines of other resolutions.</summary>
    public VotingFile Only(params string[] symbols)
    {
        Lines.RemoveAll(l => l != Lines[0] && !symbols.Any(s => l.Contains($",{s},", StringComparison.Ordinal)));
        return this;
    }

    public string Text => string.Join(LineEnd, Lines) + (LastEnd ?? LineEnd);

    public byte[] Bytes => Encoding.UTF8.GetBytes(Text);

    public byte[] Packed => Pack(Bytes);

    public static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }
        return packed.ToArray();
    }
}

/// <summary>Requests that import a file, and parts of their responses.</summary>
internal static class ImportHelp
{
    /// <summary>Sends a file without checking the response.</summary>
    public static Task<HttpResponseMessage> SendFile(
        this HttpClient client,
        byte[] file,
        string query = "",
        string type = "text/csv"
    )
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return client.PostAsync("/v1/imports/roll-calls" + query, content);
    }

    /// <summary>Imports a file and returns the ended import.</summary>
    public static async Task<JsonNode> Import(this HttpClient client, byte[] file, string query = "")
    {
        using var answer = await client.SendFile(file, query);
        var import = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(202, import.ToJsonString());
        answer.Headers.Location!.ToString().ShouldBe($"/v1/imports/{import.Text("id")}");
        return await client.Ended(import.Text("id")!);
    }

    /// <summary>The import of that id, when it has ended.</summary>
    public static async Task<JsonNode> Ended(this HttpClient client, string id)
    {
        JsonNode? ended = null;
        await Until(
            async () =>
            {
                var import = await client.GetJson($"/v1/imports/{id}");
                if (import.Text("status") != "running")
                {
                    ended = import;
                    return true;
                }
                import["progress"]!.Int("bytes").ShouldBeGreaterThan(0);
                return false;
            },
            "the import ends"
        );
        return ended!;
    }

    /// <summary>Asks again and again until it is so, and fails when it never is.</summary>
    public static async Task Until(Func<Task<bool>> isSo, string what, TimeSpan? pause = null)
    {
        using var limit = new CancellationTokenSource(Hang.Limit);
        while (!await isSo())
        {
            limit.IsCancellationRequested.ShouldBeFalse(what);
            await Task.Delay(pause ?? TimeSpan.FromMilliseconds(10));
        }
    }

    /// <summary>Imports a valid file and returns the report.</summary>
    public static async Task<JsonNode> Imported(this HttpClient client, VotingFile file)
    {
        var import = await client.Import(file.Bytes);
        import.Text("status").ShouldBe("done", import.ToJsonString());
        return import["report"]!;
    }

    /// <summary>What is wrong, as `kind line: detail`, where all of it is listed.</summary>
    public static IReadOnlyList<string> Findings(this JsonNode report) =>
        [
            .. report["findings"]!
                .AsArray()
                .SelectMany(kind =>
                    kind!["listed"]!.AsArray().Select(f => $"{kind.Text("kind")} {f!["line"]}: {f.Text("detail")}")
                ),
        ];
}
