using System.Text;
using VoteTracker.Endpoints.Tables;

namespace VoteTracker.Tests.Features.Exports;

/// <summary>A table as it was exported: its header, and the fields of each row.</summary>
internal sealed record Exported(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyDictionary<string, string>> Rows)
{
    public static async Task<Exported> Csv(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(200, $"{path}: {text}");
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8; header=present");
        return Parse(text);
    }

    public static Exported Parse(string text)
    {
        using var csv = VoteTracker.Endpoints.Tables.Csv.Read(Encoding.UTF8.GetBytes(text));
        var header = text[..text.IndexOf("\r\n", StringComparison.Ordinal)].Split(',');
        var rows = new List<IReadOnlyDictionary<string, string>>();
        while (csv.Read())
        {
            rows.Add(header.ToDictionary(name => name, name => csv.Text(name) ?? "", StringComparer.Ordinal));
        }
        return new Exported(header, rows);
    }

    public IReadOnlyDictionary<string, string> Row(string column, string value) => Rows.Single(r => r[column] == value);
}
