namespace VoteTracker.Features.Backup.Archives;

/// <summary>How a backup is stored.</summary>
/// <param name="IsCompressed">Whether it is compressed with gzip.</param>
/// <param name="Key">The key with which it is encrypted, after the compression; null if it is not encrypted.</param>
internal sealed record ArchiveForm(bool IsCompressed, BackupKey? Key)
{
    /// <summary>Whether it is anything but a database that the service can open.</summary>
    public bool IsArchive => IsCompressed || Key is not null;

    /// <summary>The end of the names of such files.</summary>
    public string Ending => (IsCompressed ? ".gz" : "") + (Key is null ? "" : ".age");

    /// <summary>The form in words, for messages.</summary>
    public override string ToString() =>
        (IsCompressed, Key) switch
        {
            (true, not null) => "compressed and encrypted",
            (true, null) => "compressed",
            (false, not null) => "encrypted",
            _ => "a plain database",
        };
}
