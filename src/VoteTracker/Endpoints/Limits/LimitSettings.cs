using static VoteTracker.SettingException;

namespace VoteTracker.Endpoints.Limits;

/// <summary>The values that the settings of limits of requests can have.</summary>
internal static class LimitSettings
{
    private const int LeastBodyBytes = 1_024;

    /// <summary>Throws a <see cref="SettingException"/> that names the first wrong setting.</summary>
    public static void Check(Settings settings)
    {
        Require(settings.MaxBodyBytes >= LeastBodyBytes, $"MaxBodyBytes must be at least {LeastBodyBytes}.");
        Require(settings.MaxImportBytes >= LeastBodyBytes, $"MaxImportBytes must be at least {LeastBodyBytes}.");
        Require(settings.MinUploadBytesPerSecond >= 0, "MinUploadBytesPerSecond must be 0 or more.");
        Require(settings.AnonymousRequestsPerMinute >= 0, "AnonymousRequestsPerMinute must be 0 or more.");
        Require(settings.ExpensiveReads >= 0, "ExpensiveReads must be 0 or more.");
        Require(
            settings.ExpensiveReadsPerCaller >= 0,
            $"ExpensiveReadsPerCaller must be 0 or more, not {settings.ExpensiveReadsPerCaller}."
        );
    }
}
