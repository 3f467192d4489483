using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VoteTracker.Web.Embedding;

/// <summary>A response of oEmbed 1.0.</summary>
internal sealed record OEmbed
{
    /// <summary>The names of the standard have underscores. A field without a value is left out.</summary>
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Default,
    };

    public string Version { get; } = "1.0";
    public string Type { get; } = "rich";
    public required string Title { get; init; }
    public string ProviderName { get; } = "VoteTracker";
    public required string ProviderUrl { get; init; }
    public int CacheAge { get; } = 300;
    public required string Html { get; init; }
    public required int Width { get; init; }
    public required int Height { get; init; }
    public required string? ThumbnailUrl { get; init; }
    public required int? ThumbnailWidth { get; init; }
    public required int? ThumbnailHeight { get; init; }
}
