using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Contract;

/// <summary>The contract suits generators of clients: one schema for each resource, and a type for every field.</summary>
public sealed class GeneratorsTests
{
    private static readonly string[] Unions = ["anyOf", "oneOf"];
    private static readonly string[] NotIn30 = ["const", "examples", "exclusiveMinimum", "exclusiveMaximum"];
    private static readonly string[] Booleans = ["dryRun", "skipChanged", "strict"];

    private ServedContract _contract = null!;

    [SetUp]
    public async Task SetUp() => _contract = await ServedContract.Read();

    [Test]
    public void A_stance_has_one_schema_that_requires_what_every_caller_sees()
    {
        Success("/v1/resolutions/{id}/stances/{iso3}", "get").ShouldBe("#/components/schemas/Stance");
        Success("/v1/resolutions/{id}/stances", "get").ShouldBe("#/components/schemas/PageOfStance");
        var stance = _contract.Target("#/components/schemas/Stance")!;
        stance["required"]!
            .AsArray()
            .Select(r => r!.GetValue<string>())
            .ShouldBe(["memberState", "name", "position", "resolution"]);
        stance["properties"]!.AsObject().Count.ShouldBe(15);
    }

    [Test]
    public void The_only_union_is_of_a_schema_and_null()
    {
        var unions = _contract.Objects().Where(o => Unions.Any(o.Node.ContainsKey)).ToList();
        unions.ShouldNotBeEmpty();

        unions
            .Where(u =>
                u.Node["anyOf"] is not JsonArray { Count: 2 } choices
                || choices[0]!["$ref"] is null
                || choices[1]!.ToJsonString() != """{"type":"null"}"""
            )
            .Select(u => u.At)
            .ShouldBeEmpty();
    }

    [Test]
    public void A_version_conflict_shows_the_resource_that_a_GET_returns()
    {
        // That of an import has lines instead: the resources that changed since its dry run.
        var conflicts = _contract
            .Operations.Where(o => o.Operation["responses"]!["412"] is not null)
            .Where(o => !o.Path.EndsWith("/import", StringComparison.Ordinal))
            .ToList();
        conflicts.Count.ShouldBeGreaterThan(8);

        foreach (var (method, path, operation) in conflicts)
        {
            var problem = _contract.Resolve(operation["responses"]!["412"]!)["content"]!["application/problem+json"]!;
            var current = _contract.Resolve(problem["schema"]!)["properties"]!["current"]!;
            var shown = current["anyOf"]?[0]?["$ref"]?.GetValue<string>();
            // A vote that is entered is read with its vote day.
            if (path.EndsWith("/vote-day/votes/{iso3}", StringComparison.Ordinal))
            {
                shown.ShouldBe("#/components/schemas/EnteredVote");
                continue;
            }
            // A POST restores the resource above its address. That of an engagement records a stance.
            var resource =
                path == "/v1/engagements" ? "/v1/resolutions/{id}/stances/{iso3}"
                : method == "post" ? path[..path.LastIndexOf('/')]
                : path;
            shown.ShouldBe(Success(resource, "get"), $"{method} {path}");
        }
    }

    [Test]
    public void Every_operation_describes_a_failure_of_the_service()
    {
        foreach (var (method, path, operation) in _contract.Operations)
        {
            var failure = operation["responses"]!["500"]?["$ref"]?.GetValue<string>();
            failure.ShouldBe("#/components/responses/Failed", $"{method} {path}");
        }
        _contract.Document["info"]!["description"]!.GetValue<string>().ShouldContain("405");
    }

    [Test]
    public void A_parameter_that_is_true_or_false_is_a_boolean()
    {
        var found = Parameters().Where(p => Booleans.Contains(p["name"]!.GetValue<string>())).ToList();
        found.ShouldNotBeEmpty();

        foreach (var parameter in found)
        {
            parameter["schema"]!["type"]!.GetValue<string>().ShouldBe("boolean", parameter.ToJsonString());
        }
        Parameters().ShouldNotContain(p => p["example"] != null && p["example"]!.ToJsonString() == "\"true\"");
    }

    [Test]
    public void A_parameter_lists_the_words_that_it_accepts()
    {
        Words("/v1/resolutions/{id}/tally", "get", "rule").ShouldBe(["two-thirds", "simple-majority"]);
        Words("/v1/resolutions/{id}/roll-call", "put", "status").ShouldBe(["adopted", "not-adopted"]);
    }

    [Test]
    public void An_id_is_described_as_the_id_of_its_own_resource()
    {
        foreach (
            var (_, path, operation) in _contract.Operations.Where(o =>
                o.Path.Contains("/{id}", StringComparison.Ordinal)
            )
        )
        {
            var resource = path.Split('/')[2] switch
            {
                "council-vetoes" => "veto",
                "api-keys" => "key",
                var plural => plural.TrimEnd('s'),
            };
            operation["parameters"]!.AsArray().Single(p => p!["name"]!.GetValue<string>() == "id")!["description"]!
                .GetValue<string>()
                .ShouldStartWith($"The {resource}'s id", Case.Sensitive, path);
        }
    }

    [Test]
    public async Task The_same_contract_is_served_as_OpenAPI_30()
    {
        using var app = new App();
        var older = JsonNode.Parse(await ServedContract.Load(app, "/openapi/v1-3.0.json"))!;

        older["openapi"]!.GetValue<string>().ShouldStartWith("3.0.");
        Outline(older).ShouldBe(Outline(_contract.Document));
    }

    [Test]
    public async Task The_document_for_OpenAPI_30_has_nothing_that_30_lacks()
    {
        using var app = new App();
        var older = new ServedContract(await ServedContract.Load(app, "/openapi/v1-3.0.json"));
        var objects = older.Objects().Where(o => !o.At.EndsWith("/properties", StringComparison.Ordinal)).ToList();
        objects.Count.ShouldBeGreaterThan(1_000);

        objects
            .Where(o => o.Node["type"] is JsonArray || o.Node["type"] is JsonValue type && type.ToString() == "null")
            .Select(o => o.At)
            .ShouldBeEmpty("types");
        objects
            .Where(o => Unions.Concat(NotIn30).Any(o.Node.ContainsKey))
            .Where(o => !o.At.Contains("/example", StringComparison.Ordinal))
            .Select(o => o.At)
            .ShouldBeEmpty("keywords");
        // 3.0 ignores `nullable` without a type.
        objects
            .Where(o => o.Node.ContainsKey("nullable") && !o.Node.ContainsKey("type"))
            .Select(o => o.At)
            .ShouldBeEmpty("nullable");
        var examples = older
            .Objects()
            .Where(o => o.Node["example"] is not null && o.Node["schema"] is not null)
            .ToList();
        examples.Count.ShouldBeGreaterThan(100);
        examples.SelectMany(e => older.Errors(e.Node["example"], e.Node["schema"]!, e.At)).ShouldBeEmpty();
        var nullable = Properties(_contract).Where(p => CanBeNull(p.Schema)).ToList();
        nullable.Count.ShouldBeGreaterThan(50);
        nullable.Where(p => older.Errors(null, older.Target(p.At)!).Count > 0).Select(p => p.At).ShouldBeEmpty();
    }

    // In a client, a field that cannot be null always has a value, which the patch would then set.
    [Test]
    public async Task In_OpenAPI_30_every_field_of_a_patch_can_be_null_so_that_a_client_can_leave_it_out()
    {
        using var app = new App();
        var older = new ServedContract(await ServedContract.Load(app, "/openapi/v1-3.0.json"));
        var fields = Properties(older).Where(p => p.At.Contains("Patch/", StringComparison.Ordinal)).ToList();
        fields.Count.ShouldBeGreaterThan(20);

        fields.Where(p => older.Errors(null, p.Schema).Count > 0).Select(p => p.At).ShouldBeEmpty();
    }

    private static IEnumerable<(string At, JsonObject Schema)> Properties(ServedContract contract) =>
        from schema in contract.Document["components"]!["schemas"]!.AsObject()
        from property in schema.Value!["properties"]?.AsObject() ?? []
        select ($"#/components/schemas/{schema.Key}/properties/{property.Key}", property.Value!.AsObject());

    private static bool CanBeNull(JsonObject schema) =>
        schema["anyOf"] is not null
        || schema["type"] is JsonArray types && types.Any(type => type!.GetValue<string>() == "null");

    // Each operation with its parameters and statuses, and each schema with its properties.
    private static IReadOnlyList<string> Outline(JsonNode document) =>
        [
            .. from path in document["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            select $"{operation.Key} {path.Key}"
                + $" {string.Join(',', operation.Value!["parameters"]?.AsArray().Select(p => p!["name"]) ?? [])}"
                + $" {string.Join(',', operation.Value["responses"]!.AsObject().Select(r => r.Key))}",
            .. from schema in document["components"]!["schemas"]!.AsObject()
            select $"{schema.Key} {string.Join(',', schema.Value!["properties"]?.AsObject().Select(p => p.Key) ?? [])}"
                + $" {schema.Value["required"]?.ToJsonString()}"
                + $" {string.Join(',', schema.Value["enum"]?.AsArray().Where(word => word is not null) ?? [])}",
        ];

    private IEnumerable<JsonNode> Parameters() =>
        _contract.Operations.SelectMany(o => o.Operation["parameters"]?.AsArray() ?? []).Select(p => p!);

    private string Success(string path, string method) =>
        _contract.Document["paths"]![path]![method]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!
            ["$ref"]
            ?.GetValue<string>() ?? "no reference";

    private IEnumerable<string> Words(string path, string method, string name)
    {
        var parameter = _contract.Document["paths"]![path]![method]!["parameters"]!
            .AsArray()
            .Single(p => p!["name"]!.GetValue<string>() == name)!;
        return _contract.Resolve(parameter["schema"]!)["enum"]!.AsArray().Select(w => w!.GetValue<string>());
    }
}
