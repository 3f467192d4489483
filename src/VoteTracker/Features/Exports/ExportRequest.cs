using System.Data.Common;
using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Features.Exports.Tables;
using VoteTracker.Features.Record;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Tallies;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Exports;

/// <summary>What is asked of an export: in which format, and of which moment.</summary>
internal sealed record ExportRequest
{
    public required HttpContext Http { get; init; }

    /// <summary>The query, for parameters of its own; <see cref="Check"/> when all were read.</summary>
    public required Query Query { get; init; }

    public required ExportFormat Format { get; init; }

    /// <summary>The moment that is exported; null for what stands.</summary>
    public required DateTimeOffset? AsOf { get; init; }

    /// <summary>Whether a moment of the past was asked for.</summary>
    public required bool IsPast { get; init; }

    /// <summary>Whether a moment in the future was asked for, which means now: later it means something else.</summary>
    public required bool IsAhead { get; init; }

    /// <summary>The moment asked for, or now: its day says who is a member.</summary>
    public required DateTimeOffset Moment { get; init; }

    /// <summary>The moment of the request.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>What was known later is not there.</summary>
    public DateTimeOffset KnownUntil => AsOf ?? DateTimeOffset.MaxValue;

    public Caller Caller => Caller.FromContext(Http);

    public static ExportRequest Parse(HttpContext http)
    {
        var now = http.RequestServices.GetRequiredService<TimeProvider>().Moment();
        var query = new Query(http);
        var asOf = query.Read(ExportEndpoint.AsOfParameter, now, out var isAhead);
        return new ExportRequest
        {
            Http = http,
            Query = query,
            Format = ExportFormats.Asked(http, query),
            AsOf = asOf,
            IsPast = asOf is not null,
            IsAhead = isAhead,
            Moment = asOf ?? now,
            Now = now,
        };
    }

    /// <summary>A <see cref="ProblemException"/> with 400 that names every wrong parameter.</summary>
    public void Check()
    {
        if (Query.Problem is { } problem)
        {
            throw new ProblemException(problem);
        }
    }

    /// <summary>
    /// The resolution as it was at that moment, for a caller that may see what is asked for of it; else a
    /// <see cref="ProblemException"/>: 404, 401, or 400 where the request is wrong.
    /// </summary>
    public async Task<Resolution> See(DbConnection connection, string id, Func<Caller, Resolution, bool> sees)
    {
        var resolution = await Resolution.See(connection, id, Http, sees);
        Check();
        if (AsOf is not { } moment)
        {
            return resolution;
        }
        if (moment < resolution.CreatedAt)
        {
            throw new ProblemException(Problems.NoResolutionThen(id));
        }
        return await resolution.AsOf(connection, moment);
    }

    /// <summary>
    /// What is counted of the resolution, for a caller that may see it; else a <see cref="ProblemException"/>. The past of
    /// stances is for viewers and up, that of the record for everybody.
    /// </summary>
    public async Task<Standings> Count(Db db, ReferenceData facts, TallyCache live, string id)
    {
        if (await live.Get(id) is not { } snapshot || !Caller.SeesResolution(snapshot.Visibility, snapshot.Basis))
        {
            throw new ProblemException(Problems.NoResolution(id));
        }
        Check();
        return AsOf is { } moment ? await PastCount.Load(Http, db, facts, id, moment) : snapshot.Standings;
    }

    /// <summary>
    /// The same of a moment of which nothing more will be known: the one asked for, or now, when every write that began
    /// before it is done. What is read as of it is the same whenever it is read again.
    /// </summary>
    public async Task<ExportRequest> Settled(Db db)
    {
        var settled = Moment;
        try
        {
            settled = await db.Write(write => Task.FromResult(write.Now));
        }
        catch (WriteUnavailableException)
        {
            // Where nothing can be written nothing is under way.
        }
        var moment = AsOf ?? settled;
        return this with { AsOf = moment, Moment = moment, IsSettled = (moment < settled && !IsAhead) || !IsPast };
    }

    /// <summary>Whether no later write can be known as of the moment that is exported.</summary>
    public bool IsSettled { get; private init; }

    /// <summary>
    /// The part of the record that is asked for. A <see cref="ProblemException"/> if a parameter is wrong, if nothing of the
    /// record was known at that moment, or if a spreadsheet cannot hold it.
    /// </summary>
    public async Task<RecordFilter> Filter(Db db)
    {
        var filter = RecordFilter.Parse(Query);
        await db.Read(async connection =>
        {
            await filter.Check(connection, Query, Now);
            return true;
        });
        Check();
        await CheckRecord(db, filter);
        return filter;
    }

    /// <summary>A <see cref="ProblemException"/> if nothing of it was known at that moment, or a spreadsheet cannot hold it.</summary>
    public async Task CheckRecord(Db db, RecordFilter filter)
    {
        if (AsOf is { } moment && !await db.Read(connection => RecordedRollCall.IsAnyKnown(connection, filter, moment)))
        {
            throw new ProblemException(Problems.NotFound("Nothing of the record was known at that moment."));
        }
        if (
            Format == ExportFormat.Xlsx
            && await db.Read(connection => RecordedRollCall.CountNames(connection, filter)) >= Workbook.MostRows
        )
        {
            throw new ProblemException(
                Problems.Invalid("format", "must not be xlsx: a sheet has 1,048,576 rows; ask for a part, or for csv")
            );
        }
    }
}
