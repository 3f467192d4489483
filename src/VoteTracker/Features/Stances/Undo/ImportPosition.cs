using System.Globalization;

namespace VoteTracker.Features.Stances.Undo;

/// <summary>A position in the list of imports of a resolution. Several imports of assignments can have the same version.</summary>
internal sealed record ImportPosition(long Version, DateTimeOffset At, string Id)
{
    /// <summary>The position of an import as text.</summary>
    public static string ToText(StoredStanceImport import) =>
        string.Create(CultureInfo.InvariantCulture, $"{import.LastVersion} {import.ImportedAt:O} {import.Id}");

    /// <summary>Parses the text; null if there is none. Earlier releases wrote only the version.</summary>
    public static ImportPosition? Parse(string? text) =>
        text?.Split(' ') switch
        {
            null => null,
            [var version, var at, var id] => new ImportPosition(
                long.Parse(version, CultureInfo.InvariantCulture),
                DateTimeOffset.ParseExact(at, "O", CultureInfo.InvariantCulture),
                id
            ),
            _ => new ImportPosition(long.Parse(text, CultureInfo.InvariantCulture), DateTimeOffset.MinValue, ""),
        };
}
