namespace VoteTracker.Features.MemberStates;

/// <summary>A state of the index of names: its codes, its names and aliases, and the words of each of them.</summary>
internal sealed record ListedState
{
    public required string Iso3 { get; init; }
    public required string? Iso2 { get; init; }
    public required string? M49 { get; init; }
    public required string Name { get; init; }
    public required string? RecordName { get; init; }
    public List<string> Aliases { get; } = [];
    public List<string> AllNames { get; } = [];
    public List<HashSet<string>> Words { get; } = [];
}
