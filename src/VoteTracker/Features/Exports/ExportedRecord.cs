using VoteTracker.Database;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Features.Exports.Tables;
using VoteTracker.Features.Record;

namespace VoteTracker.Features.Exports;

/// <summary>The part of the record that is exported.</summary>
internal static class ExportedRecord
{
    /// <summary>
    /// Reads the part of the record that the request names. A <see cref="ProblemException"/> if a parameter is wrong, or as
    /// <see cref="Check"/> says.
    /// </summary>
    public static async Task<RecordFilter> Parse(Db db, ExportRequest request)
    {
        // Counted back from its own moment, a past export stays the same.
        var filter = RecordFilter.Parse(request.Query, request.Moment);
        await db.Read(async connection =>
        {
            await filter.Check(connection, request.Query, request.Caller, request.Now);
            return true;
        });
        request.Check();
        await Check(db, request, filter);
        return filter;
    }

    /// <summary>
    /// A <see cref="ProblemException"/> if no part of the record was known at that moment, or if a sheet has too few rows.
    /// </summary>
    public static async Task Check(Db db, ExportRequest request, RecordFilter filter)
    {
        if (
            request.AsOf is { } moment
            && !await db.Read(connection => RecordedRollCall.IsAnyKnown(connection, filter, moment))
        )
        {
            throw new ProblemException(Problems.NotFound("No recorded vote was known at that moment."));
        }
        if (
            request.Format == ExportFormat.Xlsx
            && await db.Read(connection => RecordedRollCall.CountNames(connection, filter)) >= Workbook.MostRows
        )
        {
            throw new ProblemException(
                Problems.Invalid(
                    "format",
                    "must not be xlsx: a sheet has 1,048,576 rows; select a part of the record, or use csv"
                )
            );
        }
    }
}
