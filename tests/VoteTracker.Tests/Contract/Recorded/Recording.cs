using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace VoteTracker.Tests.Contract.Recorded;

/// <summary>Sends requests and records each request and response by operation.</summary>
internal sealed class Recording
{
    /// <summary>The file of the requests that address no operation.</summary>
    public const string Other = "Other";

    private const int MostShown = 2_000;
    private const int MostOfLong = 200;

    private readonly Dictionary<string, HashSet<string>> _seen = new(StringComparer.Ordinal);
    private readonly Placeholders _placeholders = new();

    /// <summary>The entries of each file, in the order of the requests.</summary>
    public Dictionary<string, List<string>> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>The operations, roles and statuses of the requests.</summary>
    public List<(string File, string Role, string Method, int Status)> Played { get; } = [];

    public async Task<RawResponse> Play(IPEndPoint server, RawRequest request, string? key)
    {
        var operation = Operation.Find(request.Method, request.Path);
        var response = await RawResponse.Receive(server, request, key);
        _placeholders.Learn(operation, response);
        var file = operation?.Id ?? Other;
        Played.Add((file, request.Role, request.Method, response.Status));
        if (!Files.TryGetValue(file, out var entries))
        {
            Files[file] = entries = [];
            _seen[file] = new HashSet<string>(StringComparer.Ordinal);
        }
        var text = $"{_placeholders.Head(operation, response)}\n\n{BodyOf(operation, response)}".TrimEnd('\n');
        // Trailing blanks and carriage returns are shown, or an editor could change them.
        text = text.Replace("\r", "\\r", StringComparison.Ordinal).Replace(" \n", "\\x20\n", StringComparison.Ordinal);
        var name = Hash(Encoding.UTF8.GetBytes(text))[..8];
        entries.Add(
            _placeholders.Replace(request.Text) + (_seen[file].Add(name) ? $"= {name}:\n{text}\n" : $"= {name}\n")
        );
        return response;
    }

    private string BodyOf(Operation? operation, RawResponse response)
    {
        var type = response.Header("Content-Type") ?? "";
        if (response.Body.Length == 0)
        {
            return "";
        }
        if (Placeholders.IsFile(operation, response))
        {
            return "(a file)";
        }
        if (response.Body.AsSpan().StartsWith("PK"u8))
        {
            return Packed(response.Body);
        }
        if (!type.StartsWith("text/", StringComparison.Ordinal) && !type.Contains("json", StringComparison.Ordinal))
        {
            return Measured(response.Body.Length, response.Body);
        }
        var text = _placeholders.Body(operation, response.BodyText);
        var bytes = Encoding.UTF8.GetBytes(text);
        return response.Body.Length <= MostShown
            ? text
            : Measured(response.Body.Length, bytes) + "\n" + text[..Math.Min(MostOfLong, text.Length)];
    }

    // The library that packs does not give the same bytes on every processor, so what is packed is compared. A random id
    // changes the hash of its file, and so every file that names this hash.
    private string Packed(byte[] bytes)
    {
        using var archive = new ZipArchive(new MemoryStream(bytes));
        var stable = new Dictionary<string, string>(StringComparer.Ordinal);
        var text = new StringBuilder();
        foreach (var entry in archive.Entries)
        {
            using var content = new MemoryStream();
            using var packed = entry.Open();
            packed.CopyTo(content);
            var file = _placeholders.Replace(Encoding.Latin1.GetString(content.ToArray()));
            foreach (var (random, hash) in stable)
            {
                file = file.Replace(random, hash, StringComparison.Ordinal);
            }
            var replaced = Encoding.Latin1.GetBytes(file);
            stable[Hash(content.ToArray())] = Hash(replaced);
            text.Append(
                CultureInfo.InvariantCulture,
                $"{entry.FullName} {entry.LastWriteTime.DateTime:s} {Measured(content.Length, replaced)}\n"
            );
        }
        return text.ToString();
    }

    private static string Measured(long length, byte[] bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"({length} bytes, SHA-256 {Hash(bytes)})");

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
