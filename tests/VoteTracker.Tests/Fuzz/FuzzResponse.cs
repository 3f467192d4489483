using System.Text;

namespace VoteTracker.Tests.Fuzz;

/// <summary>A response as it was received; its chunks are joined.</summary>
internal sealed record FuzzResponse(int Status, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body)
{
    /// <summary>The connection ended before the response did.</summary>
    public bool IsCut { get; init; }

    public string? MediaType => Header("Content-Type")?.Split(';')[0].Trim();

    public string Text => Encoding.UTF8.GetString(Body);

    public string? Header(string name)
    {
        foreach (var header in Headers)
        {
            if (header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return header.Value;
            }
        }
        return null;
    }
}
