using System.Globalization;
using System.Text;

namespace VoteTracker.Database.Sqlite;

/// <summary>
/// Distinguishes a file from its copies: device, inode and birth time. A copy has another inode, or a later birth time if
/// the inode was reused. A file that was renamed on its device is the same.
/// </summary>
internal static class FilePlace
{
    /// <summary>The place of a file as text, to compare.</summary>
    public static string FromPath(string path)
    {
        if (!Statx.IsSupported || Statx.Read(Encoding.UTF8.GetBytes(path + '\0'), out var file) != 0)
        {
            return FromPathAndBirthTime(path);
        }
        // Some file systems have no birth time.
        var birth = file.HasBirthTime ? $"{file.BirthSeconds}.{file.BirthNanoseconds:000000000}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"device {file.DeviceMajor}:{file.DeviceMinor} inode {file.Inode} birth {birth}"
        );
    }

    // Windows and macOS have a birth time. With the path, it distinguishes most copies.
    private static string FromPathAndBirthTime(string path) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"file {Path.GetFullPath(path)} birth {File.GetCreationTimeUtc(path).Ticks}"
        );
}
