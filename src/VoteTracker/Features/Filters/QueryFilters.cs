using System.Data.Common;
using System.Globalization;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Contacts;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Sessions;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Filters;

/// <summary>
/// Query parameters that name a session, a resolution, a state or a group. An unknown name is always a 400, because an
/// empty list would look like a result.
/// </summary>
internal static class QueryFilters
{
    /// <summary>Reads the words of a search; null if the parameter is missing or wrong.</summary>
    public static SearchText? ReadSearch(this Query query, TextParameter parameter)
    {
        if (query.Read(parameter) is not { } text)
        {
            return null;
        }
        if (text.Length > SearchText.MaxLength)
        {
            query.Wrong(
                parameter,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"must have at most {SearchText.MaxLength} characters; found {text.Length}"
                )
            );
            return null;
        }
        var search = SearchText.Parse(text);
        if (search is null)
        {
            query.Wrong(parameter, "must have a letter or a digit", text);
        }
        return search;
    }

    /// <summary>Reads the key of a group.</summary>
    public static string? ReadGroup(this Query query, TextParameter parameter, ReferenceData referenceData)
    {
        var key = query.Read(parameter);
        if (key is null || referenceData.Groups.Find(key) is not null)
        {
            return key;
        }
        query.Wrong(
            parameter,
            "must be the key of a group, such as african-states or nam",
            key,
            ClosestName.Find(key, referenceData.Groups.All.Select(group => group.Key))
        );
        return null;
    }

    /// <summary>Reads the grouping of a table; the regional groups if the parameter is missing.</summary>
    public static Grouping? ReadGrouping(this Query query, TextParameter parameter, ReferenceData referenceData)
    {
        var by = query.Read(parameter) ?? "regional-group";
        var grouping = referenceData.Groups.CreateGrouping(by);
        if (grouping is null)
        {
            query.Wrong(
                parameter,
                "must be regional-group, bloc, or the key of a group such as african-states or nam",
                by,
                ClosestName.Find(
                    by,
                    [.. EnumWord<GroupScheme>.All, .. referenceData.Groups.All.Select(group => group.Key)]
                )
            );
        }
        return grouping;
    }

    /// <summary>Reads the code of a state of one of these kinds, in upper or lower case.</summary>
    public static string? ReadState(
        this Query query,
        TextParameter parameter,
        ReferenceData referenceData,
        params IReadOnlyList<SeatKind> kinds
    )
    {
        if (query.Read(parameter) is not { } text)
        {
            return null;
        }
        var code = StateCode.Normalize(text);
        var kind = referenceData.Roster.Find(code)?.Kind;
        if (kind is { } found && kinds.Contains(found))
        {
            return code;
        }
        var wanted = string.Join(" or ", kinds.Select(Name));
        query.Wrong(
            parameter,
            kind is { } other
                ? $"must be the code of a {wanted}; {code} is {(other == SeatKind.Observer ? "an observer, and an observer has no vote" : $"a {Name(other)}")}"
                : $"must be the code of a {wanted}, ISO 3166-1 alpha-3, such as ZAF; found {SafeText.Quote(text)}"
        );
        return null;
    }

    /// <summary>Checks the id of a session. A session that the caller cannot see is an unknown id.</summary>
    public static async Task CheckSession(
        this Query query,
        TextParameter parameter,
        string? id,
        DbConnection connection,
        Caller caller,
        DateTimeOffset now
    )
    {
        if (id is null || await SessionStore.Find(connection, id, caller, now) is not null)
        {
            return;
        }
        query.Wrong(parameter, await SessionStore.DescribeUnknown(connection, id, caller));
    }

    /// <summary>Checks the id of a resolution. A resolution that the caller cannot see is an unknown id.</summary>
    public static async Task CheckResolution(
        this Query query,
        TextParameter parameter,
        string? id,
        DbConnection connection,
        Caller caller
    )
    {
        if (id is null || await ResolutionAccess.Find(connection, id, caller) is { Denial: null })
        {
            return;
        }
        query.Wrong(
            parameter,
            "must be the id of a resolution, such as es-10-27; they are listed at /v1/resolutions",
            id,
            ResolutionId.OfText(id)
        );
    }

    /// <summary>Checks the id of a contact.</summary>
    public static async Task CheckContact(
        this Query query,
        TextParameter parameter,
        string? id,
        DbConnection connection
    )
    {
        if (id is not null && !await ContactStore.Exists(connection, id))
        {
            query.Wrong(parameter, "must be the id of a contact; they are listed at /v1/contacts", id);
        }
    }

    private static void Wrong(
        this Query query,
        TextParameter parameter,
        string problem,
        string found,
        string? closest
    ) => query.Wrong(parameter, WrongWord.Describe(problem, found, closest));

    private static string Name(SeatKind kind) =>
        kind switch
        {
            SeatKind.Member => "member",
            SeatKind.Observer => "observer",
            _ => "former member",
        };
}
