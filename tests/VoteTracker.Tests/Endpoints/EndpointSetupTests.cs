using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace VoteTracker.Tests.Endpoints;

/// <summary>The parts of FastEndpoints that are turned off stay off.</summary>
public sealed class EndpointSetupTests
{
    [Test]
    public async Task Corrupt_JSON_in_the_database_is_a_fault_of_the_service_and_not_of_the_request()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var kept = await app.Lobbyist.Send(
            HttpMethod.Put,
            $"/v1/resolutions/{id}/scenarios/plan-b",
            new { changes = new[] { new { memberState = "NOR", position = "yes" } } }
        );
        kept.EnsureSuccessStatusCode();
        Databases.Execute(app.Folder, "UPDATE scenario SET changes = '[{'");
        using var answer = await app.Viewer.GetAsync($"/v1/resolutions/{id}/scenarios/plan-b");
        await answer.ShouldBeProblem(500);
    }

    [Test]
    public void Nothing_keeps_the_context_of_each_request_for_others()
    {
        using var app = new App();
        app.Services.GetService<IHttpContextAccessor>().ShouldBeNull();
    }

    [Test]
    public void Validators_name_properties_as_they_are_in_CSharp()
    {
        using var app = new App();
        app.CreateClient().Dispose();
        var property = typeof(Named).GetProperty(nameof(Named.EvidenceUrl))!;
        ValidatorOptions.Global.PropertyNameResolver(typeof(Named), property, null).ShouldBe("EvidenceUrl");
    }

    private sealed record Named
    {
        public string? EvidenceUrl { get; init; }
    }
}
