using System.Globalization;
using System.Text.RegularExpressions;
using VoteTracker.Database;
using VoteTracker.Features.Backup.Archives;

namespace VoteTracker.Features.Backup;

/// <summary>
/// The folder of the scheduled backups. Their names have a number that only rises: with a wrong clock, the newest one is
/// still known. Other files in the folder are not touched.
/// </summary>
internal sealed class BackupFolder
{
    private const string MomentFormat = "yyyyMMdd'T'HHmmss'Z'";

    private readonly string _path;
    private readonly string _name;
    private readonly Regex _pattern;

    private BackupFolder(string path, string name)
    {
        (_path, _name) = (path, name);
        _pattern = new Regex(
            $@"\A{Regex.Escape(name)}-(?<number>[0-9]{{6,9}})-(?<at>[0-9]{{8}}T[0-9]{{6}}Z)\.db(\.gz)?(\.age)?(?<unfinished>{Regex.Escape(BackupWriter.Unfinished)}(-[a-z-]+)?)?\z",
            RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1)
        );
    }

    /// <summary>The folder that the settings name; null if they name none.</summary>
    public static BackupFolder? FromSettings(Settings settings) =>
        settings.BackupFolder.Length > 0 && Db.FindFile(settings.Database) is { } database
            ? new BackupFolder(Path.GetFullPath(settings.BackupFolder), Path.GetFileNameWithoutExtension(database))
            : null;

    /// <summary>Whether a path names this folder.</summary>
    public bool IsAt(string path) =>
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)) == Path.TrimEndingDirectorySeparator(_path);

    /// <summary>
    /// Locks the folder for this campaign and deletes the files that an earlier process did not finish. A
    /// <see cref="SettingException"/> if the folder cannot be used.
    /// </summary>
    public IDisposable Open()
    {
        if (!Directory.Exists(_path))
        {
            throw new SettingException($"BackupFolder: {_path} is not a folder. Create it, or name another one.");
        }
        try
        {
            var locked = PrivateFile.OpenAlone(Path.Combine(_path, $"{_name}.lock"));
            foreach (var unfinished in ListNames().Where(file => file.Match.Groups["unfinished"].Success))
            {
                File.Delete(unfinished.Path);
            }
            return locked;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingException(
                $"BackupFolder: {_path} cannot be used: {exception.Message} Each campaign needs a folder of its own in which the service may write."
            );
        }
    }

    /// <summary>Lists the complete backups, the oldest first.</summary>
    public IReadOnlyList<KeptBackup> List() =>
        [
            .. ListNames()
                .Where(file => !file.Match.Groups["unfinished"].Success)
                .Select(file => new KeptBackup(
                    file.Path,
                    int.Parse(file.Match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture),
                    DateTimeOffset.TryParseExact(
                        file.Match.Groups["at"].ValueSpan,
                        MomentFormat,
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.AssumeUniversal,
                        out var at
                    )
                        ? at
                        : DateTimeOffset.MinValue,
                    new FileInfo(file.Path).Length
                ))
                .OrderBy(backup => backup.Number),
        ];

    /// <summary>The path of the next backup.</summary>
    public string NextPath(DateTimeOffset now, ArchiveForm form)
    {
        var number = List() is [.., var last] ? last.Number + 1 : 1;
        var at = now.UtcDateTime.ToString(MomentFormat, CultureInfo.InvariantCulture);
        return Path.Combine(
            _path,
            string.Create(CultureInfo.InvariantCulture, $"{_name}-{number:000000}-{at}.db{form.Ending}")
        );
    }

    /// <summary>Deletes all backups except the newest ones. Called only after a new one was verified.</summary>
    public void DeleteOldest(int keep)
    {
        foreach (var old in List().SkipLast(keep))
        {
            File.Delete(old.Path);
        }
    }

    private IEnumerable<(string Path, Match Match)> ListNames() =>
        Directory
            .EnumerateFiles(_path)
            .Select(path => (path, _pattern.Match(Path.GetFileName(path))))
            .Where(file => file.Item2.Success);
}

/// <summary>A scheduled backup: its number, the moment in its name and its length.</summary>
internal sealed record KeptBackup(string Path, int Number, DateTimeOffset At, long Bytes);
