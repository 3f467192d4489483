namespace VoteTracker.Features.Doctor;

/// <summary>The result of a check: what was found, and what to do about it.</summary>
internal sealed record Finding
{
    /// <summary>The subject, such as `disk`.</summary>
    public required string Check { get; init; }

    public required FindingLevel Level { get; init; }

    /// <summary>What was found. It has no secret and no personal data.</summary>
    public required string Message { get; init; }

    /// <summary>What to do; null if nothing is to be done.</summary>
    public string? Advice { get; init; }

    public static Finding Ok(string check, string message) =>
        new()
        {
            Check = check,
            Level = FindingLevel.Ok,
            Message = message,
        };

    public static Finding Warning(string check, string message, string advice) =>
        new()
        {
            Check = check,
            Level = FindingLevel.Warning,
            Message = message,
            Advice = advice,
        };

    public static Finding Error(string check, string message, string advice) =>
        new()
        {
            Check = check,
            Level = FindingLevel.Error,
            Message = message,
            Advice = advice,
        };
}

/// <summary>How serious a finding is.</summary>
internal enum FindingLevel
{
    /// <summary>Nothing is to be done.</summary>
    Ok,

    /// <summary>The service works; something should be changed.</summary>
    Warning,

    /// <summary>The service does not start, or can lose data, or can be abused.</summary>
    Error,
}
