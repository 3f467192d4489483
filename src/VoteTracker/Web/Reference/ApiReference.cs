using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;

namespace VoteTracker.Web.Reference;

/// <summary>The reference of the API, read once from the contract when a reader first asks for it.</summary>
internal sealed class ApiReference(IServiceProvider services)
{
    private readonly Lock _lock = new();
    private Task<ReferenceModel>? _model;

    /// <summary>Returns the reference. After a failure, the next call reads the contract again.</summary>
    public Task<ReferenceModel> Load()
    {
        lock (_lock)
        {
            return _model = _model is null or { IsFaulted: true } or { IsCanceled: true }
                ? Task.Run(() => Read(services))
                : _model;
        }
    }

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
