namespace VoteTracker.Database.Sqlite;

/// <summary>
/// The right to serve a database file. A file beside it is locked until the process ends, however it ends. Commands do
/// not need it: they write through SQLite's own locks.
/// </summary>
internal static class ServingLock
{
    private const int WouldBlock = 11;
    private const int SharingViolation = unchecked((int)0x80070020);

    /// <summary>A <see cref="SettingException"/> if another process serves the file; `named` is the name in the settings.</summary>
    public static IDisposable Take(string path, string named)
    {
        try
        {
            return PrivateFile.OpenAlone(path + "-lock");
        }
        catch (IOException exception) when (exception.HResult is WouldBlock or SharingViolation)
        {
            throw new SettingException(
                $"Another process already serves {named}: stop it, or choose another file with --Database."
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"The file {named}-lock cannot be opened; it shows that {named} is served.");
        }
    }
}
