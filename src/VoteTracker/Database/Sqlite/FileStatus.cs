namespace VoteTracker.Database.Sqlite;

/// <summary>The identity and the length of a file. On some systems only the length is known.</summary>
internal readonly record struct FileStatus(ulong Device, ulong Inode, long Length)
{
    /// <summary>Whether both are the same file, whatever their lengths are.</summary>
    public bool IsSameFile(in FileStatus other) => Device == other.Device && Inode == other.Inode;

    /// <summary>The status of a path, which ends with a zero byte; null if there is no such file.</summary>
    public static FileStatus? Load(string path, byte[] terminatedPath)
    {
        if (Statx.IsSupported)
        {
            switch (Statx.Read(terminatedPath, out var found))
            {
                case 0:
                    return new FileStatus(
                        ((ulong)found.DeviceMajor << 32) | found.DeviceMinor,
                        found.Inode,
                        (long)found.Size
                    );
                case Statx.NoSuchFile:
                    return null;
            }
        }
        var file = new FileInfo(path);
        return file.Exists ? new FileStatus(0, 0, file.Length) : null;
    }
}
