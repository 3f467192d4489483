using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;

namespace VoteTracker.Web.Reference;

/// <summary>The reference of the API, read once from the contract when a reader first asks for it.</summary>
internal sealed class ApiReference(IServiceProvider services)
{
    private readonly Lazy<Task<ReferenceModel>> _model = new(() => Read(services));

    /// <summary>Returns the reference.</summary>
    public Task<ReferenceModel> Load() => _model.Value;

    private static async Task<ReferenceModel> Read(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var document = await scope.ServiceProvider.GetRequiredService<IAsyncSwaggerProvider>().GetSwaggerAsync("v1");
        var contract = await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1);
        var reader = new ContractReader(JsonNode.Parse(contract)!.AsObject());
        return new ReferenceModel { Introduction = reader.Introduction, Sections = reader.ReadSections() };
    }
}

/// <summary>The reference of the API.</summary>
public sealed record ReferenceModel
{
    /// <summary>The introduction as HTML.</summary>
    public required string Introduction { get; init; }

    /// <summary>The sections, one for each heading of the contract.</summary>
    public required IReadOnlyList<ReferenceSection> Sections { get; init; }
}
