namespace VoteTracker.Features.Imports;

/// <summary>What became of the texts of a file.</summary>
internal sealed class StoredResolutions
{
    public int Sessions { get; set; }

    public int Added { get; set; }

    public int Changed { get; set; }

    public int Unchanged { get; set; }

    /// <summary>Those that a user wrote.</summary>
    public List<string> LeftToUsers { get; } = [];

    /// <summary>Those of which a roll call of the campaign gave way to the Library's.</summary>
    public List<ReplacedRollCall> Replaced { get; } = [];

    /// <summary>Whether the database tells the same as before.</summary>
    public bool Nothing => (Sessions, Added, Changed, Replaced.Count) == (0, 0, 0, 0);
}
