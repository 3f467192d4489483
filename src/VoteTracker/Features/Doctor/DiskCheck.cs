using System.Globalization;

namespace VoteTracker.Features.Doctor;

/// <summary>Room for the database, its log and a backup. The disk of a PostgreSQL server is not visible from here.</summary>
internal sealed class DiskCheck : ICheck
{
    private const string Check = "disk";
    private const long Megabyte = 1 << 20;

    // The log and an upload need this at least.
    private const long Least = 100 * Megabyte;

    // A backup and a large import beside the database.
    private const long Comfortable = 1024 * Megabyte;

    // The service empties its log at 32 MB.
    private const long LargeLog = 128 * Megabyte;

    public Task<IReadOnlyList<Finding>> Run(Examination examination) =>
        Task.FromResult<IReadOnlyList<Finding>>([.. Find(examination)]);

    private static IEnumerable<Finding> Find(Examination examination)
    {
        if (examination.Database.File is not { } file)
        {
            yield return Finding.Ok(Check, "The service stores nothing on this machine.");
            yield break;
        }
        var used = file.Length + file.LogLength;
        var sizes = $"The database has {Size(file.Length)}, its log {Size(file.LogLength)}";
        yield return file.FreeBytes is not { } free
            ? Finding.Warning(
                Check,
                $"{sizes}. The free space of its disk is unknown.",
                "Look at the output of df for its folder."
            )
        : free < Least
            ? Finding.Error(
                Check,
                $"{sizes}, and its disk has only {Size(free)} left. A full disk stops all writes.",
                "Free space now, or move the database to a larger disk."
            )
        : free < Comfortable || free < 2 * used
            ? Finding.Warning(
                Check,
                $"{sizes}, and its disk has {Size(free)} left. A backup or a large import may not fit.",
                "Free space, or move the database to a larger disk."
            )
        : Finding.Ok(Check, $"{sizes}, and its disk has {Size(free)} left.");
        if (file.LogLength > LargeLog)
        {
            yield return Finding.Warning(
                Check,
                $"The log of the database has {Size(file.LogLength)}. The service empties it at 32 MB.",
                "End other programs that read the database. If there are none, restart the service."
            );
        }
    }

    private static string Size(long bytes) =>
        bytes >= 1024 * Megabyte
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024d / Megabyte:N1} GB")
            : string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / Megabyte:N1} MB");
}
