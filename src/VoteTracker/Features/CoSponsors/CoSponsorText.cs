using System.Data.Common;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Text;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.CoSponsors;

/// <summary>The text of a draft that a co-sponsor signed or was asked for.</summary>
internal static class CoSponsorText
{
    /// <summary>What is wrong with a value that is not a text of a draft.</summary>
    public const string Forms = "must be original, or Rev.1 up to the current text of the resolution";

    /// <summary>
    /// The text of a request that names none: the recorded one if the status stays or ends, so that a corrected note is not a
    /// new request. Otherwise the current one.
    /// </summary>
    public static string Choose(CoSponsorContent? before, CoSponsorStatus? status, string? current) =>
        (
            before is not null && (status == before.Status || status == CoSponsorStatus.Withdrawn)
                ? before.TextVersion
                : current
        ) ?? DraftText.Original;

    /// <summary>What is wrong with a text that a resolution does not have; null if it has it.</summary>
    public static string? DescribeWrong(string text, string? current) =>
        DraftText.TryParse(text, out var number) && number <= DraftText.NumberOf(current) ? null
        : current is null
            ? $"must be original, the current text: the resolution has no revision; found {SafeText.Quote(text)}"
        : $"must be original, or a revision up to {current}, the current text of the resolution; found {SafeText.Quote(text)}";

    /// <summary>400: the resolution does not have the text. Null if it has it.</summary>
    public static ProblemHttpResult? FindFault(RecordCoSponsorRequest request, string? current) =>
        DescribeWrong(request.TextVersion!, current) is { } problem ? Problems.Invalid("textVersion", problem) : null;

    /// <summary>The last text that a co-sponsor signed or was asked for, if it is after another one; otherwise null.</summary>
    public static async Task<string?> FindLater(DbConnection connection, string resolution, string? than) =>
        await CoSponsorStore.FindLastText(connection, resolution) is var last && last > DraftText.NumberOf(than)
            ? DraftText.ToText(last)
            : null;
}
