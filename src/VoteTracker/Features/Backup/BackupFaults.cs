using System.Data.Common;
using VoteTracker.Database;

namespace VoteTracker.Features.Backup;

/// <summary>The exceptions with which a backup or a restore can fail, other than a wrong setting.</summary>
internal static class BackupFaults
{
    /// <summary>Whether an exception is of a file, a disk, an archive or a database.</summary>
    public static bool Include(Exception exception) =>
        exception
            is IOException
                or UnauthorizedAccessException
                or InvalidDataException
                or DbException
                or WriteUnavailableException
                // A file that is too large for its file system.
                or ArgumentOutOfRangeException { ParamName: "value" };
}
