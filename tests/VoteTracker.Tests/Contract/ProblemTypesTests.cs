using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Tests.Conventions;

namespace VoteTracker.Tests.Contract;

/// <summary>The catalogue of problems has every problem that the service returns, and the contract documents it.</summary>
/// <remarks>Every test that receives a problem also compares its type, status and title with the catalogue.</remarks>
public sealed partial class ProblemTypesTests
{
    [Test]
    public void Only_the_catalogue_creates_problems()
    {
        var files = Source.Files("");
        files.ShouldContain(f => f.Name == "Endpoints/Errors/ProblemType.cs" && Creates().IsMatch(f.Text));
        files
            .Where(f => f.Name != "Endpoints/Errors/ProblemType.cs" && Creates().IsMatch(f.Text))
            .Select(f => f.Name)
            .ShouldBeEmpty();
    }

    [Test]
    public void Every_problem_in_the_catalogue_is_returned_somewhere()
    {
        var fields = new[]
        {
            typeof(ProblemTypes),
            typeof(ConflictTypes),
            typeof(PreparationConflictTypes),
            typeof(VoteDayConflictTypes),
            typeof(ConditionTypes),
        }
            .SelectMany(list => list.GetFields().Where(f => f.FieldType == typeof(ProblemType)))
            .ToList();
        fields.Count.ShouldBe(ProblemTypes.All.Count);
        fields.Count.ShouldBeGreaterThan(30);
        var source = Source
            .Files("")
            .Where(f => !f.Name.StartsWith("Endpoints/Contract/", StringComparison.Ordinal))
            .ToList();
        fields
            .Select(field => $"{field.DeclaringType!.Name}.{field.Name}")
            .Where(name => !source.Exists(f => Regex.IsMatch(f.Text, $@"\b{Regex.Escape(name)}\.Create")))
            .ShouldBeEmpty();
    }

    [Test]
    public void Details_with_the_same_type_share_its_status_and_title()
    {
        var types = ProblemTypes.All.GroupBy(type => type.Slug).ToList();
        types.ShouldContain(type => type.Count() > 1);
        types
            .Where(type => type.DistinctBy(t => (t.Status, t.Title)).Count() > 1)
            .Select(type => type.Key)
            .ShouldBeEmpty();
    }

    [Test]
    public async Task The_contract_documents_every_problem_with_its_status_and_title()
    {
        var contract = await ServedContract.Read();
        var schema = contract.Document["components"]!["schemas"]!["Problem"]!["properties"]!["type"]!;
        var documented = schema["description"]!
            .GetValue<string>()
            .Split('\n')
            .Where(l => l.StartsWith("- ", StringComparison.Ordinal));
        documented.ShouldBe(
            ProblemTypes
                .All.DistinctBy(type => type.Slug)
                .Select(type =>
                    type.Status == 0
                        ? $"- `/problems/{type.Slug}`: another status, with its reason phrase"
                        : $"- `/problems/{type.Slug}`: {type.Status} {type.Title}"
                )
        );
    }

    [Test]
    public async Task Every_example_of_a_problem_in_the_contract_is_in_the_catalogue()
    {
        var contract = await ServedContract.Read();
        var examples = contract
            .Objects()
            .Where(o => (o.Node["example"] as JsonObject)?["type"] is JsonValue type && IsProblem(type))
            .ToList();
        examples.Count.ShouldBeGreaterThan(20);
        foreach (var (at, node) in examples)
        {
            var example = node["example"]!;
            ProblemTypes.All.ShouldContain(
                type =>
                    type.Uri == example["type"]!.GetValue<string>()
                    && type.Status == example["status"]!.GetValue<int>()
                    && type.Title == example["title"]!.GetValue<string>()
                    && type.ExampleDetail == example["detail"]!.GetValue<string>(),
                at
            );
        }
    }

    [Test]
    public void Every_detail_has_an_example_without_placeholders()
    {
        foreach (var type in ProblemTypes.All)
        {
            type.ExampleDetail.ShouldNotBeNullOrWhiteSpace(type.Slug);
            type.ExampleDetail.ShouldNotContain("{", Case.Sensitive, type.Slug);
        }
    }

    private static bool IsProblem(JsonValue type) =>
        type.GetValueKind() == JsonValueKind.String
        && type.GetValue<string>().StartsWith("/problems/", StringComparison.Ordinal);

    // Every way to a problem's body ends in one of these.
    [GeneratedRegex(
        $@"new (HttpValidation|Validation)?{nameof(ProblemDetails)}\b|TypedResults\.Problem\(|Results\.Problem\(|""/problems/|\$""/problems/",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Creates();
}
