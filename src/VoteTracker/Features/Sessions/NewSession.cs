using System.Data.Common;
using System.Globalization;
using VoteTracker.Endpoints.Text;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Sessions;

/// <summary>Creates the session of a request: its name, its number, and the session that it resumes.</summary>
internal static class NewSession
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
        // Requests are not numbered in advance: the next one waits until this one convenes or is withdrawn.
        var next = await SessionStore.FindLastEmergency(connection) + 1;
        return name is { Emergency: true } && name.Id == id && name.Number == next
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"must be es-{next}, the id of the next emergency special session: the number after the last one that has convened"
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
        var resumed = await SessionRules.FindResumed(connection, request.Resumes ?? BeginOf(id), caller, now, errors);
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
