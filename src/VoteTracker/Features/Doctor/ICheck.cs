using VoteTracker.Database.Inspection;

namespace VoteTracker.Features.Doctor;

/// <summary>A subject that the command `doctor` checks. A check reads, and changes nothing.</summary>
internal interface ICheck
{
    /// <summary>Returns what was found, in at least one finding.</summary>
    Task<IReadOnlyList<Finding>> Run(Examination examination);
}

/// <summary>What all checks read: the settings, and the state of the database.</summary>
internal sealed record Examination
{
    public required Settings Settings { get; init; }

    /// <summary>The settings with those of the framework.</summary>
    public required IConfiguration Configuration { get; init; }

    public required TimeProvider Clock { get; init; }

    public required DatabaseInspection Database { get; init; }

    /// <summary>The folder of the backups; null if none was named.</summary>
    public string? Backups { get; init; }
}
