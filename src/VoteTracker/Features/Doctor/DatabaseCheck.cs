using System.Globalization;
using VoteTracker.Database.Inspection;

namespace VoteTracker.Features.Doctor;

/// <summary>Whether the service can open the database, and whether what it writes there is safe.</summary>
internal sealed class DatabaseCheck : ICheck
{
    private const string Check = "database";

    public Task<IReadOnlyList<Finding>> Run(Examination examination)
    {
        var database = examination.Database;
        List<Finding> found = [];
        if (database.Fault is { } fault)
        {
            found.Add(
                Finding.Error(Check, fault, "Correct the setting Database, or start the server. Then run doctor again.")
            );
        }
        if (database.File is { } file)
        {
            found.AddRange(FindInFile(file));
        }
        if (database.Server is { } server)
        {
            found.AddRange(ServerFindings.Find(Check, server, database.Content));
        }
        if (database.Content is { } content)
        {
            found.AddRange(FindInContent(content));
        }
        else if (found.Count == 0)
        {
            found.Add(Finding.Ok(Check, "There are no tables yet. The first start of the service creates them."));
        }
        if (found.All(finding => finding.Level == FindingLevel.Ok))
        {
            found.Insert(0, Finding.Ok(Check, $"{database.Location} can be used."));
        }
        return Task.FromResult<IReadOnlyList<Finding>>(found);
    }

    private static IEnumerable<Finding> FindInFile(FileState file)
    {
        if (!file.IsFolderWritable || !file.IsWritable)
        {
            yield return Finding.Error(
                Check,
                $"This user may not write to {(file.IsFolderWritable ? "the files of " : "the folder of ")}{file.Path}.",
                "Make the user of the service the owner of the folder and its files. Check that the disk is not read-only."
            );
        }
        if (!file.Exists)
        {
            yield return Finding.Ok(
                Check,
                $"{file.Path} does not exist yet. The first start of the service creates it."
            );
            yield break;
        }
        if (file.Damage.Count > 0)
        {
            yield return Finding.Error(
                Check,
                $"The file is damaged: {string.Join("; ", file.Damage)}.",
                "Stop the service, keep a copy of the files, and restore the newest backup."
            );
        }
        if (file.Exposed.Count > 0)
        {
            yield return Finding.Warning(
                Check,
                $"Other users can read {string.Join(", ", file.Exposed)}.",
                $"chmod 600 {string.Join(' ', file.Exposed)}"
            );
        }
    }

    private static IEnumerable<Finding> FindInContent(ContentInspection content)
    {
        if (content.SchemaFault is { } fault)
        {
            yield return Finding.Error(
                Check,
                fault,
                "Start the release that wrote this database, or restore a backup that this release can open."
            );
        }
        else if (content.PendingMigrations > 0)
        {
            yield return Finding.Warning(
                Check,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The next start applies {content.PendingMigrations} migrations. An older release does not open the database afterwards."
                ),
                "Make a backup before the next start."
            );
        }
    }
}
