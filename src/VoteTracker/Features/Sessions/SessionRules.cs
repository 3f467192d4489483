using System.Data.Common;
using System.Globalization;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Sessions.Convening;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Sessions;

/// <summary>The rules for changes of a session that need the other records.</summary>
internal static class SessionRules
{
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
        if (current.HasConvened && hasConvened && current.OpenedOn is not null && fields.OpenedOn is null)
        {
            errors["openedOn"] = ["must not be removed from a session that has convened; correct the day instead"];
        }
        if (await FindWrongStatus(connection, current, status) is { } wrong)
        {
            errors["status"] = [wrong];
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
        else
        {
            changed = await CheckResumption(connection, current, changed, caller, now, errors);
        }
        if (hasConvened)
        {
            await CheckDays(connection, changed, today, errors);
        }
        return (errors.Count == 0 ? changed : null, errors);
    }

    // A resumption has the number of the session that it resumes, and opens after it.
    private static async Task<Session> CheckResumption(
        DbConnection connection,
        Session current,
        Session changed,
        Caller caller,
        DateTimeOffset now,
        Dictionary<string, string[]> errors
    )
    {
        var resumed =
            changed.Resumes is { } id && id == current.Resumes
                ? await SessionStore.Find(connection, id, caller, now)
                : await FindResumed(connection, changed.Resumes, caller, now, errors);
        if (resumed?.OpenedOn is { } opened && changed.OpenedOn <= opened)
        {
            errors["openedOn"] = [$"must be after {opened:O}, the day on which {resumed.Id} opened"];
        }
        return resumed is null ? changed : changed with { Number = resumed.Number };
    }

    // A session that has convened stays in the record. Only a mistaken convening of a session that a user added is undone.
    private static async Task<string?> FindWrongStatus(DbConnection connection, Session current, SessionStatus status)
    {
        SessionStatus[] others = current.Status switch
        {
            SessionStatus.Requested => [SessionStatus.Convened, SessionStatus.Withdrawn],
            SessionStatus.Withdrawn or SessionStatus.Scheduled => [SessionStatus.Requested],
            SessionStatus.Closed => [SessionStatus.Convened],
            _ => await SessionStore.WasRequested(connection, current.Id)
                ? [SessionStatus.Closed, SessionStatus.Requested]
                : [SessionStatus.Closed],
        };
        return status == current.Status || others.Contains(status)
            ? null
            : $"must be {string.Join(" or ", others.Select(other => EnumWord<SessionStatus>.ToWord(other)))}, because the session is {EnumWord<SessionStatus>.ToWord(current.Status)}";
    }

    private static async Task CheckDays(
        DbConnection connection,
        Session session,
        DateOnly today,
        Dictionary<string, string[]> errors
    )
    {
        if (errors.ContainsKey("openedOn"))
        {
            return;
        }
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

    /// <summary>Finds the session that a resumption resumes; null, with the reason in the errors, if it cannot be resumed.</summary>
    public static async Task<Session?> FindResumed(
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
}
