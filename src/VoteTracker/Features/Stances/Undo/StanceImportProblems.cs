using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Features.Stances.Undo;

/// <summary>The problems of endpoints for imports of stances.</summary>
internal static class StanceImportProblems
{
    /// <summary>The description of the 404 in the contract.</summary>
    public const string NotFoundDescription =
        "This caller can see no resolution with that id, or the resolution has no import with that id.";

    /// <summary>404: the resolution has no import with this id. It can be that of another resolution.</summary>
    public static ProblemHttpResult NotFound(string id, string importId) =>
        Problems.NotFound($"The resolution '{id}' has no import of stances {SafeText.Quote(importId)}.");

    /// <summary>409: the import is already reverted.</summary>
    public static ProblemHttpResult Reverted(StoredStanceImport import) =>
        ConflictTypes.ImportReverted.Create(import.RevertedBy, import.Id, import.RevertedAt);

    /// <summary>409 with every stance that has changed since the import, or that may not be restored.</summary>
    public static ProblemHttpResult ChangedSince(IReadOnlyList<StanceRevertConflict> conflicts) =>
        ConflictTypes.ChangedSince.CreateWith(
            "stances",
            conflicts,
            string.Join(", ", conflicts.Select(conflict => conflict.MemberState))
        );
}
