using System.Text;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Contract;

/// <summary>The table of routes for readers is made from the contract.</summary>
public sealed class RoutesDocumentTests
{
    [Test]
    public async Task The_routes_document_is_made_from_the_contract()
    {
        var file = Path.Combine(Repository.Root, "openapi", "routes.md");
        var contract = await ServedContract.Read();
        contract.Operations.Count().ShouldBeGreaterThan(50);
        var text = Write(contract);
        if (Environment.GetEnvironmentVariable("VOTETRACKER_TESTS_REFRESH") == "1")
        {
            await File.WriteAllTextAsync(file, text);
        }
        (await File.ReadAllTextAsync(file)).ShouldBe(
            text,
            "openapi/routes.md differs from the contract. Refresh it: "
                + "VOTETRACKER_TESTS_REFRESH=1 dotnet test --filter The_routes_document_is_made_from_the_contract"
        );
    }

    private static string Write(ServedContract contract)
    {
        var text = new StringBuilder(
            """
            # Routes

            Every route of the service: method, address, the lowest role that may use it, and what it does. A test makes this
            page from the contract. [README.md](README.md) explains the roles and the chapters.

            """
        );
        foreach (var subject in contract.Operations.GroupBy(o => o.Operation["tags"]![0]!.GetValue<string>()))
        {
            text.Append('\n').Append("## ").Append(subject.Key).Append("\n\n");
            text.Append("| method | address | role | |\n|---|---|---|---|\n");
            foreach (var (method, path, operation) in subject)
            {
                text.Append("| ").Append(method.ToUpperInvariant());
                text.Append(" | `").Append(path).Append("` | ").Append(Role(operation));
                text.Append(" | ").Append(operation["summary"]!.GetValue<string>()).Append(" |\n");
            }
        }
        return text.ToString();
    }

    private static string Role(JsonObject operation)
    {
        const string Start = "Role: ";
        var description = operation["description"]!.GetValue<string>();
        var role = description[(description.LastIndexOf(Start, StringComparison.Ordinal) + Start.Length)..];
        return role.Split(' ', '.', '\n')[0];
    }
}
