using VoteTracker.Features.Exports.Tables;

namespace VoteTracker.Features.Exports.Citations;

/// <summary>The title and the description of a resolution's data, in its package and in its citation.</summary>
internal static class ResolutionTitle
{
    public const string Description =
        "The positions of the member states on a resolution of the United Nations General Assembly, its co-sponsors and, after the vote, the recorded votes.";

    /// <summary>The symbol, if there is one, and the title.</summary>
    public static string ForPeople(ResolutionExportRow row) =>
        row.Symbol is { } symbol ? $"{symbol}: {row.Title}" : row.Title;
}
