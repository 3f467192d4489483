using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Contract;
using VoteTracker.Tests.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Contract;

/// <summary>The contract is complete and consistent, and equals the file in the repository.</summary>
public sealed class OpenApiTests
{
    private static readonly string[] Shared = ["schemas", "responses"];
    private static readonly string[] OfConditions = ["400", "404", "412", "428", "503"];

    private App _app = null!;
    private ServedContract _contract = null!;

    [SetUp]
    public async Task SetUp()
    {
        _app = new App();
        _contract = await ServedContract.Read();
    }

    [TearDown]
    public void TearDown() => _app.Dispose();

    [Test]
    public async Task The_contract_file_is_what_the_service_serves()
    {
        var file = Path.Combine(Repository.Root, "openapi", "votetracker.v1.json");
        if (Environment.GetEnvironmentVariable("VOTETRACKER_TESTS_REFRESH") == "1")
        {
            await File.WriteAllTextAsync(file, _contract.Text);
        }
        (await File.ReadAllTextAsync(file)).ShouldBe(
            _contract.Text,
            "The service serves another contract than openapi/votetracker.v1.json. If that is intended, refresh the file: "
                + "VOTETRACKER_TESTS_REFRESH=1 dotnet test --filter The_contract_file_is_what_the_service_serves"
        );
    }

    [Test]
    public async Task The_contract_is_served_the_same_twice()
    {
        var served = await ServedContract.Load(_app);
        served.ShouldBe(_contract.Text);
        (await ServedContract.Load(_app)).ShouldBe(served);
    }

    [Test]
    public void Every_route_is_in_the_contract_and_nothing_else_is()
    {
        var routes = Routes()
            .SelectMany(r => r.Methods.Select(method => $"{method.ToLowerInvariant()} {r.Path}"))
            .Order(StringComparer.Ordinal)
            .ToList();
        routes.Count.ShouldBeGreaterThan(30);

        var described = _contract.Operations.Select(o => $"{o.Method} {o.Path}").Order(StringComparer.Ordinal);

        described.ShouldBe(routes);
    }

    [Test]
    public void Every_operation_has_a_description_and_a_role()
    {
        var tags = _contract.Document["tags"]!.AsArray().ToDictionary(t => t!["name"]!.GetValue<string>(), t => t!);
        var operations = _contract.Operations.ToList();
        operations.ShouldNotBeEmpty();
        tags.Values.ShouldAllBe(tag => tag["description"] != null);

        foreach (var (method, path, operation) in operations)
        {
            var at = $"{method} {path}";
            operation["operationId"].ShouldNotBeNull(at);
            operation["summary"].ShouldNotBeNull(at);
            operation["description"]!.GetValue<string>().ShouldContain("Role: ", Case.Sensitive, at);
            tags.Keys.ShouldContain(operation["tags"]![0]!.GetValue<string>(), at);
            operation["responses"]!.AsObject().ShouldContain(r => r.Key[0] == '4', at);
            operation["responses"]!.AsObject().ShouldContain(r => r.Key[0] == '2', at);
            foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
            {
                parameter!["description"].ShouldNotBeNull($"{at} {parameter["name"]}");
            }
        }
        operations.Select(o => o.Operation["operationId"]!.GetValue<string>()).ShouldBeUnique();
    }

    [Test]
    public void Every_operation_states_the_role_of_the_hand_written_table_once()
    {
        var lines = RoutesAndRolesTests.Lines.Where(l => _contract.Document["paths"]![l.Pattern] is not null).ToList();
        lines.Count.ShouldBe(_contract.Operations.Count());

        var wrong = new List<string>();
        foreach (var line in lines)
        {
            var operation = _contract.Document["paths"]![line.Pattern]![line.Method.ToLowerInvariant()]!;
            var role = line.Lowest;
            var isAdmin = role == "admin";
            var sentence = $"Role: {role}{(isAdmin ? "." : " and up")}";
            var description = operation["description"]!.GetValue<string>();
            if (
                !description.Contains($"\n\n{sentence}", StringComparison.Ordinal)
                || description.Contains("key of role", StringComparison.OrdinalIgnoreCase)
                || description.Split("Role: ").Length != 2
            )
            {
                wrong.Add($"{line.Method} {line.Pattern} does not state once: {sentence}");
            }
            var security = operation["security"]!.ToJsonString();
            if (security != (role == "anonymous" ? """[{},{"key":[]}]""" : """[{"key":[]}]"""))
            {
                wrong.Add($"{line.Method} {line.Pattern} needs the role {role}, and has the security {security}");
            }
            // A share link can have a scope that is too narrow. A viewer gets a forecast, but none with pressures.
            var isRejected =
                role is not ("anonymous" or "viewer")
                || line.Pattern
                    is "/v1/resolutions/{id}/forecast"
                        or "/v1/resolutions/{id}/path"
                        or "/shared/{secret}/breakdown"
                        or "/shared/{secret}/positions"
                        or "/shared/{secret}/{picture}.svg";
            if (operation["responses"]!.AsObject().ContainsKey("403") != isRejected)
            {
                wrong.Add($"{line.Method} {line.Pattern} needs the role {role}: 403 or not");
            }
        }
        wrong.ShouldBeEmpty();
    }

    [Test]
    public void Every_conditional_write_documents_its_headers_and_problems()
    {
        var conditional = Routes().Where(r => r.Metadata.GetMetadata<ConditionalWrite>() is not null).ToList();
        conditional.ShouldNotBeEmpty();

        foreach (var (methods, path, _) in conditional)
        {
            var operation = _contract.Document["paths"]![path]![methods[0].ToLowerInvariant()]!;
            var names = operation["parameters"]!.AsArray().Select(p => p!["name"]!.GetValue<string>()).ToList();
            names.ShouldContain("If-Match", path);
            names.ShouldContain("If-None-Match", path);
            // A view that is missing is created, and its address names nothing else.
            var missing = (methods[0], path) == ("PUT", "/v1/views/{name}") ? "404" : "";
            foreach (var status in OfConditions.Where(status => status != missing))
            {
                operation["responses"]!.AsObject().ContainsKey(status).ShouldBeTrue($"{methods[0]} {path} {status}");
            }
        }
    }

    [Test]
    public void Every_reference_leads_somewhere_and_everything_shared_is_used()
    {
        var references = _contract
            .Objects()
            .Where(o => o.Node["$ref"] is JsonValue)
            .Select(o => o.Node["$ref"]!.GetValue<string>())
            .ToHashSet(StringComparer.Ordinal);
        references.ShouldNotBeEmpty();

        references.Where(r => _contract.Target(r) is null).ShouldBeEmpty();
        var shared = Shared.SelectMany(kind =>
            _contract.Document["components"]![kind]!.AsObject().Select(p => $"#/components/{kind}/{p.Key}")
        );
        shared.Where(s => !references.Contains(s)).ShouldBeEmpty();
    }

    [Test]
    public void Every_enum_has_the_words_that_the_service_reads_and_writes()
    {
        var enums = typeof(Position)
            .Assembly.GetTypes()
            .Where(t => t.IsEnum && Enum.GetUnderlyingType(t) == typeof(int))
            .ToDictionary(OpenApi.SchemaId, t => EnumWordList.ListWords(t).Select(w => w.GetValue<string>()).ToList());
        var described = _contract.Objects().Where(o => o.Node["enum"] is JsonArray).ToList();
        described.Count.ShouldBeGreaterThan(15);

        foreach (var (at, node) in described)
        {
            var words = node["enum"]!.AsArray().OfType<JsonNode>().Select(w => w.GetValue<string>()).ToList();
            if (at.StartsWith("#/components/schemas/", StringComparison.Ordinal) && at.Count(c => c == '/') == 3)
            {
                words.ShouldBe(enums[at.Split('/')[^1]], at);
            }
            else if (words is not ["*"])
            {
                enums.Values.ShouldContain(all => words.All(all.Contains), at);
            }
        }
    }

    [Test]
    public void Every_response_has_a_description()
    {
        var responses = _contract
            .Operations.SelectMany(o => o.Operation["responses"]!.AsObject(), (o, r) => (o.Path, r.Key, r.Value))
            .ToList();
        responses.ShouldNotBeEmpty();

        foreach (var (path, status, response) in responses)
        {
            var description = _contract.Resolve(response!)["description"]!.GetValue<string>();
            var phrase = ReasonPhrases.GetReasonPhrase(
                int.Parse(status, System.Globalization.CultureInfo.InvariantCulture)
            );
            description.ShouldNotBeNullOrWhiteSpace($"{path} {status}");
            description.ShouldNotBe(phrase, $"{path} {status}");
        }
    }

    [Test]
    public void Every_example_matches_its_schema()
    {
        var examples = _contract
            .Objects()
            .Where(o => o.Node["example"] is not null && o.Node["schema"] is not null)
            .ToList();
        examples.Count.ShouldBeGreaterThan(100);

        examples.SelectMany(e => _contract.Errors(e.Node["example"], e.Node["schema"]!, e.At)).ShouldBeEmpty();
    }

    [Test]
    public void Every_json_body_has_an_example()
    {
        var bodies = _contract
            .Objects()
            .Where(o => o.At.EndsWith("json", StringComparison.Ordinal) && o.Node["schema"] is not null)
            .ToList();
        bodies.ShouldNotBeEmpty();

        bodies.Where(b => b.Node["example"] is null).Select(b => b.At).ShouldBeEmpty();
    }

    private IEnumerable<(IReadOnlyList<string> Methods, string Path, EndpointMetadataCollection Metadata)> Routes() =>
        _app
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e =>
                e.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is not { ExcludeFromDescription: true }
            )
            .Select(e =>
                (e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods, e.RoutePattern.RawText!, e.Metadata)
            );
}
