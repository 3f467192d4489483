using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Database.Restore;

/// <summary>Copies of a SQLite database, with the key file that an operator copies too.</summary>
internal static class DatabaseCopies
{
    // A backup does not contain the key file, so the operator copies it.
    public static async Task Backup(string folder, string file)
    {
        await Run(folder, "backup", file);
        var key = Databases.FileOf(folder) + ".key";
        if (File.Exists(key))
        {
            File.Copy(key, file + ".key", overwrite: true);
        }
    }

    public static async Task Run(string folder, params string[] arguments)
    {
        var (exitCode, output) = await Service.Run(folder, arguments);
        exitCode.ShouldBe(0, output);
    }

    public static void Copy(string folder, string file)
    {
        foreach (var ending in (string[])["", "-wal", ".key"])
        {
            if (File.Exists(Databases.FileOf(folder) + ending))
            {
                File.Copy(Databases.FileOf(folder) + ending, file + ending, overwrite: ending == ".key");
            }
        }
    }
}
