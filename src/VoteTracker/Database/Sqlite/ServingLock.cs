namespace VoteTracker.Database.Sqlite;

/// <summary>
/// The lock of the process that serves a database file: a second file that is locked until the process ends. Commands do
/// not need it, because they use SQLite's own locks.
/// </summary>
internal static class ServingLock
{
    private const int WouldBlock = 11;
    private const int SharingViolation = unchecked((int)0x80070020);

    /// <summary>Takes the lock. A <see cref="SettingException"/> if another process serves the file.</summary>
    /// <param name="path">The path of the database.</param>
    /// <param name="name">The name in the settings, for messages.</param>
    public static IDisposable Take(string path, string name)
    {
        try
        {
            return PrivateFile.OpenAlone(path + "-lock");
        }
        catch (IOException exception) when (exception.HResult is WouldBlock or SharingViolation)
        {
            throw new SettingException(
                $"Another process already serves {name}. Stop it, or choose another file with --Database."
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingException(
                $"The file {name}-lock cannot be opened. It is the lock of the service on {name}."
            );
        }
    }
}
