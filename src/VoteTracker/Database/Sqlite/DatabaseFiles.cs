using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;
using VoteTracker.Database.Telemetry;

namespace VoteTracker.Database.Sqlite;

/// <summary>
/// The database file and its write-ahead log while a connection has them open. SQLite continues with files that were
/// deleted, replaced or truncated. Its commits succeed and are lost at the next start. So the writer compares the files with
/// those that it opened, before and after each commit: four system calls, 2 µs. Only the writer's thread uses this class,
/// except <see cref="FindFault"/>.
/// </summary>
internal sealed class DatabaseFiles : IDisposable
{
    public const string Moved =
        "The database file or its log was deleted or replaced while the service was running. Writing is stopped until the service is restarted with the right files.";

    public const string Truncated =
        "The database file or its log was truncated while the service was running. Writing is stopped until the service is restarted with complete files.";

    private const int LogHeader = 32;
    private const int FrameHeader = 24;

    private readonly string _path;
    private readonly string _logPath;
    private readonly byte[] _terminatedPath;
    private readonly byte[] _terminatedLogPath;
    private readonly SafeFileHandle _log;
    private FileStatus _fileStatus;
    private FileStatus _logStatus;

    private DatabaseFiles(string path, FileStatus fileStatus, FileStatus logStatus)
    {
        (_path, _logPath, _fileStatus, _logStatus) = (path, LogOf(path), fileStatus, logStatus);
        (_terminatedPath, _terminatedLogPath) = (Terminated(path), Terminated(_logPath));
        _log = File.OpenHandle(_logPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>The files of a connection; null for a database without files.</summary>
    public static DatabaseFiles? FromConnection(PreparedConnection connection)
    {
        var path = connection.FileName;
        return
            path.Length > 0
            && FileStatus.Load(path, Terminated(path)) is { } file
            && FileStatus.Load(LogOf(path), Terminated(LogOf(path))) is { } log
            ? new DatabaseFiles(path, file, log)
            : null;
    }

    /// <summary>A quick check: the fault of the files, or null. Any thread may call it.</summary>
    public string? FindFault() =>
        FileStatus.Load(_path, _terminatedPath) is not { } file
        || !file.IsSameFile(_fileStatus)
        || FileStatus.Load(_logPath, _terminatedLogPath) is not { } log
        || !log.IsSameFile(_logStatus)
            ? Moved
        : file.Length == 0 ? Truncated
        : null;

    /// <summary>
    /// The fault of the log before a commit, or null. A commit writes after the old end of the log, so its length no longer
    /// shows a truncation afterwards.
    /// </summary>
    public string? FindFaultBeforeCommit(PreparedConnection connection)
    {
        var length = RandomAccess.GetLength(_log);
        if (length < _logStatus.Length && length < NeededByLog(connection))
        {
            return Truncated;
        }
        _logStatus = _logStatus with { Length = length };
        return null;
    }

    /// <summary>The fault of the files after a commit. If null, the commit is on disk in the right files.</summary>
    public string? FindFaultAfterCommit(PreparedConnection connection)
    {
        if (
            FileStatus.Load(_path, _terminatedPath) is not { } file
            || !file.IsSameFile(_fileStatus)
            || FileStatus.Load(_logPath, _terminatedLogPath) is not { } log
            || !log.IsSameFile(_logStatus)
        )
        {
            return Moved;
        }
        // Another program may have vacuumed the file. Then it has all its pages.
        if ((file.Length < _fileStatus.Length && file.Length < NeededByFile(connection)) || !HasHeader(log.Length))
        {
            return Truncated;
        }
        (_fileStatus, _logStatus) = (file, log);
        return null;
    }

    public void Dispose() => _log.Dispose();

    /// <summary>The sizes of the file with this name and of its log.</summary>
    public static DatabaseSize LoadSize(string name)
    {
        var (file, log) = (new FileInfo(name), new FileInfo(LogOf(name)));
        return new DatabaseSize(file.Exists ? file.Length : null, log.Exists ? log.Length : null);
    }

    /// <summary>Creates the database file, if it does not exist, so that only its owner can read it: its log gets the same mode.</summary>
    public static void Create(SqliteConnectionStringBuilder settings)
    {
        var path = settings.DataSource;
        if (settings.Mode != SqliteOpenMode.ReadWriteCreate || !IsPath(path) || File.Exists(path))
        {
            return;
        }
        try
        {
            using var file = PrivateFile.Create(path, FileOptions.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process created it. An existing file must not be opened here, because closing it would release the
            // locks of this process.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // SQLite fails in the same way when it opens the file, and reports it.
        }
    }

    /// <summary>Makes the existing files readable by their owner only.</summary>
    public static void Protect(string path)
    {
        if (path.Length == 0)
        {
            return;
        }
        foreach (var file in (string[])[path, LogOf(path), path + "-shm"])
        {
            PrivateFile.Protect(file);
        }
    }

    /// <summary>Whether a name is a path: not in memory, and not a name that only SQLite understands.</summary>
    public static bool IsPath(string name) =>
        name is not ("" or ":memory:")
        && !name.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
        && !name.Contains('|', StringComparison.Ordinal);

    // A used log begins with one of two numbers. An empty one was copied into the file.
    private bool HasHeader(long length)
    {
        Span<byte> header = stackalloc byte[4];
        return length == 0 || (RandomAccess.Read(_log, header, 0) == 4 && header is [0x37, 0x7F, 0x06, 0x82 or 0x83]);
    }

    private static long NeededByFile(PreparedConnection connection) =>
        connection.ReadNumber("PRAGMA page_count") * connection.ReadNumber("PRAGMA page_size");

    private static long NeededByLog(PreparedConnection connection) =>
        connection.CountLogFrames() is > 0 and var frames
            ? LogHeader + frames * (FrameHeader + connection.ReadNumber("PRAGMA page_size"))
            : 0;

    private static string LogOf(string path) => path + "-wal";

    private static byte[] Terminated(string path) => Encoding.UTF8.GetBytes(path + '\0');
}
