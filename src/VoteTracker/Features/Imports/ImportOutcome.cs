namespace VoteTracker.Features.Imports;

/// <summary>What an import changed.</summary>
internal sealed class ImportOutcome
{
    public int Sessions { get; set; }

    public int Added { get; set; }

    public int Changed { get; set; }

    public int Unchanged { get; set; }

    /// <summary>The resolutions that a user wrote.</summary>
    public List<string> LeftToUsers { get; } = [];

    /// <summary>The roll calls of the campaign that the UN's record replaces.</summary>
    public List<ReplacedRollCall> Replaced { get; } = [];

    /// <summary>Whether the import changed nothing.</summary>
    public bool IsEmpty => (Sessions, Added, Changed, Replaced.Count) == (0, 0, 0, 0);
}
