using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using static VoteTracker.Tests.Features.Exports.Packages;

namespace VoteTracker.Tests.Features.Exports;

/// <summary>A package has the tables of a resolution and a true description of each.</summary>
[EveryEngine]
public sealed class DataPackageTests
{
    private static readonly string[] Campaign =
    [
        "member-states.csv",
        "resolutions.csv",
        "stances.csv",
        "breakdown.csv",
        "co-sponsors.csv",
        "history.csv",
    ];

    [Test]
    public async Task A_package_of_a_resolution_has_all_its_tables_and_their_descriptions()
    {
        using var app = new App();
        var id = await Draft(app);
        var files = await Files(app.Viewer, $"/v1/resolutions/{id}/export.zip");
        files.Keys.ShouldBe([
            .. Campaign,
            "csv-metadata.json",
            "datapackage.json",
            "README.md",
            "CITATION.txt",
            "CITATION.bib",
            "CITATION.cff",
        ]);
        foreach (var name in (string[])["stances", "breakdown", "co-sponsors", "history"])
        {
            var alone = await app.Viewer.GetStringAsync($"/v1/resolutions/{id}/export/{name}.csv");
            if (name == "breakdown")
            {
                var blocs = await app.Viewer.GetStringAsync($"/v1/resolutions/{id}/export/{name}.csv?by=bloc");
                alone += blocs[(blocs.IndexOf("\r\n", StringComparison.Ordinal) + 2)..];
            }
            Text(files[$"{name}.csv"]).ShouldBe(alone, name);
        }
        Text(files["CITATION.txt"]).ShouldContain("A/ES-10/L.34: A draft. Version 3, as of 2026-11-21T15:00:00Z");
        Text(files["README.md"]).ShouldContain("`changed_by`");
        Text(files["README.md"]).ShouldContain("only as the campaign allows");
        Text(files["README.md"]).ShouldContain("`NA` in `iso2` is Namibia");
    }

    [TestCase("es-10-27")]
    [TestCase("es-11-9")]
    public async Task Packages_of_the_record_have_no_licence_of_a_campaign(string id)
    {
        using var app = new App();
        var files = await Files(app.Anonymous, $"/v1/resolutions/{id}/export.zip?asOf=2026-01-01T00:00:00Z");
        var package = JsonNode.Parse(files["datapackage.json"])!;
        package["licenses"]!.AsArray().ShouldAllBe(l => l!["name"]!.GetValue<string>() != "campaign");
        package["resources"]!.AsArray().Single(r => r!["name"]!.GetValue<string>() == "breakdown")!["licenses"]!
            .AsArray()
            .ShouldHaveSingleItem()!["name"]!
            .GetValue<string>()
            .ShouldBe("united-nations-voting-data");
        Text(files["README.md"]).ShouldNotContain("only as the campaign allows");
    }

    [TestCase("/v1/resolutions/es-10-27/export.zip")]
    [TestCase("/v1/export.zip")]
    public async Task The_description_is_true_of_every_file(string path)
    {
        using var app = new App();
        var files = await Files(app.Viewer, path);
        var package = JsonNode.Parse(files["datapackage.json"])!;
        package["profile"]!.GetValue<string>().ShouldBe("tabular-data-package");
        package["name"]!.GetValue<string>().ShouldMatch("^[-a-z0-9._/]+$");
        var licences = package["licenses"]!.AsArray().Select(l => l!["title"]!.GetValue<string>());
        licences.ShouldContain("Copyright United Nations; non-commercial use with attribution");
        var resources = package["resources"]!.AsArray();
        resources.Count.ShouldBe(files.Keys.Count(f => f.EndsWith(".csv", StringComparison.Ordinal)));
        var tables = resources.ToDictionary(
            r => r!["name"]!.GetValue<string>(),
            r => Exported.Parse(Text(files[r!["path"]!.GetValue<string>()]))
        );
        foreach (var resource in resources.Select(r => r!))
        {
            var (name, bytes) = (resource["name"]!.GetValue<string>(), files[resource["path"]!.GetValue<string>()]);
            resource["bytes"]!.GetValue<long>().ShouldBe(bytes.Length, name);
            resource["hash"]!.GetValue<string>().ShouldBe($"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}");
            var (schema, table) = (resource["schema"]!, tables[name]);
            var fields = schema["fields"]!.AsArray().Select(f => f!).ToList();
            fields.Select(f => f["name"]!.GetValue<string>()).ShouldBe(table.Header, name);
            foreach (var field in fields)
            {
                Holds(field, table.Rows.Select(r => r[field["name"]!.GetValue<string>()]), name);
            }
            var key = schema["primaryKey"]!.AsArray().Select(k => k!.GetValue<string>()).ToList();
            table.Rows.Select(r => string.Join(' ', key.Select(k => r[k]))).ShouldBeUnique();
            foreach (var reference in schema["foreignKeys"]?.AsArray() ?? [])
            {
                var column = reference!["fields"]!.GetValue<string>();
                var there = tables[reference["reference"]!["resource"]!.GetValue<string>()]
                    .Rows.Select(r => r[reference["reference"]!["fields"]!.GetValue<string>()])
                    .ToHashSet();
                table.Rows.Select(r => r[column]).Where(v => !there.Contains(v)).ShouldBeEmpty($"{name} {column}");
            }
        }
        resources.ShouldContain(r => r!["schema"]!["foreignKeys"] is JsonArray);
    }

    [TestCase("/v1/resolutions/es-10-27/export.zip")]
    [TestCase("/v1/export.zip")]
    public async Task On_the_web_the_tables_are_one_group_in_which_every_key_leads_to_a_table(string path)
    {
        using var app = new App();
        var files = await Files(app.Viewer, path);
        var tables = JsonNode.Parse(files["csv-metadata.json"])!["tables"]!
            .AsArray()
            .ToDictionary(t => t!["url"]!.GetValue<string>(), t => t!["tableSchema"]!);
        tables.Keys.ShouldBe(files.Keys.Where(f => f.EndsWith(".csv", StringComparison.Ordinal)));
        var keys = 0;
        foreach (var (url, schema) in tables)
        {
            Columns(schema).ShouldBe(Exported.Parse(Text(files[url])).Header);
            foreach (var reference in schema["foreignKeys"]?.AsArray().Select(k => k!["reference"]!) ?? [])
            {
                Columns(tables[reference["resource"]!.GetValue<string>()])
                    .ShouldContain(reference["columnReference"]!.GetValue<string>());
                keys++;
            }
        }
        keys.ShouldBeGreaterThan(1);

        static IEnumerable<string> Columns(JsonNode schema) =>
            schema["columns"]!.AsArray().Select(c => c!["titles"]!.GetValue<string>());
    }

    [TestCase("tally", new[] { "member-states", "resolutions", "breakdown", "co-sponsors" })]
    [TestCase("positions", new[] { "member-states", "resolutions", "stances", "breakdown", "co-sponsors" })]
    public async Task The_public_gets_only_public_tables(string visibility, string[] tables)
    {
        using var app = new App();
        var id = await Draft(app, visibility);
        var files = await Files(app.Anonymous, $"/v1/resolutions/{id}/export.zip");
        files.Keys.Where(f => f.EndsWith(".csv", StringComparison.Ordinal)).ShouldBe(tables.Select(t => $"{t}.csv"));
        foreach (var file in files.Values)
        {
            Text(file).ShouldNotContain("a note for colleagues");
        }
    }

    private static void Holds(JsonNode field, IEnumerable<string> values, string table)
    {
        var name = $"{table} {field["name"]}";
        field["description"]!.GetValue<string>().ShouldNotBeEmpty(name);
        var required = field["constraints"]!["required"]!.GetValue<bool>();
        var words = field["constraints"]!["enum"]?.AsArray().Select(w => w!.ToString()).ToHashSet();
        var pattern = field["type"]!.GetValue<string>() switch
        {
            "integer" => @"^-?\d+$",
            "number" => @"^\d+\.\d+$",
            "date" => @"^\d{4}-\d\d-\d\d$",
            "datetime" => @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$",
            "boolean" => "^(true|false)$",
            _ => "",
        };
        foreach (var value in values.Distinct())
        {
            if (value.Length == 0)
            {
                required.ShouldBeFalse(name);
                continue;
            }
            value.ShouldMatch(pattern, name);
            words?.ShouldContain(value, name);
        }
    }

    private static async Task<IReadOnlyDictionary<string, byte[]>> Files(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        ((int)answer.StatusCode).ShouldBe(200, Text(bytes));
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/zip");
        using var zip = new ZipArchive(new MemoryStream(bytes));
        var files = new OrderedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries)
        {
            using var content = new MemoryStream();
            await using var stream = await entry.OpenAsync();
            await stream.CopyToAsync(content);
            files.Add(entry.FullName, content.ToArray());
        }
        return files;
    }

    private static string Text(byte[] bytes) => System.Text.Encoding.UTF8.GetString(bytes);
}
