using System.Data.Common;
using System.Globalization;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Sessions.Convening;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Sessions;

/// <summary>The rules for sessions that a user adds or changes, and which need the other records.</summary>
internal static class SessionRules
{
    // A mistyped number is found; nobody requests a session that is further away.
    private const int MostYearsAhead = 5;

    /// <summary>The session of a valid request; or what is wrong with each field.</summary>
    public static async Task<(Session? Session, Dictionary<string, string[]> Errors)> Create(
        DbConnection connection,
        AddSessionRequest request,
        Caller caller,
        DateTimeOffset now
    )
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var (id, kind) = (request.Id!, request.Kind!.Value);
        Session? session = null;
        if (kind == SessionKind.Resumption)
        {
            session = await CreateResumption(connection, request, caller, now, errors);
        }
        else
        {
            var name = SessionName.Parse(id);
            var wanted =
                kind == SessionKind.Regular
                    ? FindWrongRegular(id, name, now)
                    : await FindWrongEmergency(connection, id, name);
            if (wanted is not null)
            {
                errors["id"] = [$"{wanted}; found {SafeText.Quote(id)}"];
            }
            else
            {
                session = Session.FromName(name!, now);
            }
        }
        return (
            session is null
                ? null
                : session with
                {
                    Subject = request.Subject!,
                    Status = SessionStatus.Requested,
                    Authority = request.Authority,
                },
            errors
        );
    }

    /// <summary>The session with changed fields; or what is wrong with each field.</summary>
    public static async Task<(Session? Session, Dictionary<string, string[]> Errors)> Change(
        DbConnection connection,
        Session current,
        SessionFields fields,
        Caller caller,
        DateTimeOffset now
    )
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var today = NewYork.DayOf(now);
        var status = fields.Status!.Value;
        var hasConvened = status is SessionStatus.Convened or SessionStatus.Closed;
        var changed = current with
        {
            Subject = fields.Subject!,
            Status = status,
            OpenedOn = fields.OpenedOn ?? (hasConvened && !current.HasConvened ? today : null),
            ClosedOn = fields.ClosedOn ?? (status == SessionStatus.Closed && current.Status != status ? today : null),
            CalledBy = fields.CalledBy,
            Resumes = fields.Resumes,
            Authority = fields.Authority,
        };
        if (fields.Number != current.Number)
        {
            errors["number"] =
            [
                string.Create(CultureInfo.InvariantCulture, $"must be {current.Number}, because the id has it"),
            ];
        }
        if (status == SessionStatus.Scheduled && current.Status != status)
        {
            errors["status"] = ["must be requested, convened, closed or withdrawn"];
        }
        if (current.Kind != SessionKind.Resumption)
        {
            foreach (
                var (name, text) in (ReadOnlySpan<(string, string?)>)
                    [("resumes", fields.Resumes), ("authority", fields.Authority)]
            )
            {
                if (text is not null)
                {
                    errors[name] = [SessionFieldsValidator.OnlyForResumptions];
                }
            }
        }
        else if (fields.Resumes is null || fields.Resumes != current.Resumes)
        {
            await FindResumed(connection, fields.Resumes, caller, now, errors);
        }
        if (hasConvened)
        {
            await CheckDays(connection, changed, today, errors);
        }
        return (errors.Count == 0 ? changed : null, errors);
    }

    private static async Task CheckDays(
        DbConnection connection,
        Session session,
        DateOnly today,
        Dictionary<string, string[]> errors
    )
    {
        if (session.OpenedOn > today)
        {
            errors["openedOn"] = ["must not be in the future of a session that has convened"];
        }
        else if (await ConveningStore.FindLastDay(connection, session.Id) is { } last && session.OpenedOn < last)
        {
            errors["openedOn"] =
            [
                $"must not be before {last:O}, the day of the last recorded request or vote of the Council",
            ];
        }
        if (session.ClosedOn < session.OpenedOn)
        {
            errors["closedOn"] = ["must not be before openedOn"];
        }
        else if (session.Status == SessionStatus.Closed && session.ClosedOn > today)
        {
            errors["closedOn"] = ["must not be in the future of a session that is closed"];
        }
        else if (session.Status == SessionStatus.Convened && session.ClosedOn < today)
        {
            errors["closedOn"] = ["must not be in the past unless the status is closed"];
        }
    }

    private static string? FindWrongRegular(string id, SessionName? name, DateTimeOffset now)
    {
        var first = RegularSessions.LastOn(now);
        return
            name is { Regular: true } && name.Id == id && name.Number >= first && name.Number < first + MostYearsAhead
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"must be the number of a regular session that has not opened, from {first} to {first + MostYearsAhead - 1}"
            );
    }

    private static async Task<string?> FindWrongEmergency(DbConnection connection, string id, SessionName? name)
    {
        var next = await SessionStore.FindLastEmergency(connection) + 1;
        return name is { Emergency: true } && name.Id == id && name.Number == next
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"must be es-{next}, the id of the next emergency special session"
            );
    }

    private static async Task<Session?> CreateResumption(
        DbConnection connection,
        AddSessionRequest request,
        Caller caller,
        DateTimeOffset now,
        Dictionary<string, string[]> errors
    )
    {
        var id = request.Id!;
        if (SessionName.Parse(id) is not null)
        {
            errors["id"] = ["must be another, such as es-10-2026: this is the id of a session itself"];
            return null;
        }
        var resumed = await FindResumed(connection, request.Resumes ?? BeginOf(id), caller, now, errors);
        return resumed is null
            ? null
            : resumed with
            {
                Id = id,
                Kind = SessionKind.Resumption,
                OpenedOn = null,
                ClosedOn = null,
                CalledBy = null,
                Resumes = resumed.Id,
                Resolutions = 0,
                Version = 0,
            };
    }

    private static async Task<Session?> FindResumed(
        DbConnection connection,
        string? id,
        Caller caller,
        DateTimeOffset now,
        Dictionary<string, string[]> errors
    )
    {
        var resumed = id is null ? null : await SessionStore.Find(connection, id, caller, now);
        if (resumed is { Status: SessionStatus.Convened, Kind: not SessionKind.Resumption })
        {
            return resumed;
        }
        errors["resumes"] =
        [
            id is null
                ? "is required: the id of an adjourned session, such as es-10"
                : $"must be the id of a session that has convened and is not closed, such as es-10; found {SafeText.Quote(id)}",
        ];
        return null;
    }

    // es-10-2026 begins with the id of es-10.
    private static string? BeginOf(string id)
    {
        for (var end = id.LastIndexOf('-'); end > 0; end = id.LastIndexOf('-', end - 1))
        {
            if (SessionName.Parse(id[..end]) is { Emergency: true } name && name.Id == id[..end])
            {
                return name.Id;
            }
        }
        return null;
    }
}
