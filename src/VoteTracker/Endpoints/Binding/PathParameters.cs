using System.Text.RegularExpressions;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Endpoints.Binding;

/// <summary>The parameters that identify a resource. Over 200 lines because every one of them is here.</summary>
internal static partial class PathParameters
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <summary>A member state or an observer.</summary>
    public static readonly PathParameter MemberState = new(
        "iso3",
        "The state's code, ISO 3166-1 alpha-3, in any case; responses have it in capitals.",
        "ZAF"
    )
    {
        Form = StateCodeForm(),
        IsStateCode = true,
    };

    public static readonly PathParameter Resolution = new(
        "id",
        "The resolution's id: its symbol in lower case with hyphens, or a chosen id.",
        "es-10-27"
    )
    {
        After = "resolutions",
        Form = Slug(),
    };

    public static readonly PathParameter Session = new("id", "The session's id.", "es-10")
    {
        After = "sessions",
        Form = SessionForm(),
    };

    public static readonly PathParameter CouncilVeto = new("id", "The veto's id, a number.", "3")
    {
        After = "council-vetoes",
        Form = Number(),
    };

    public static readonly PathParameter Scenario = new("name", "The name of the scenario.", "nordic-states-abstain")
    {
        After = "scenarios",
        Form = Slug(),
        IsPublicId = false,
    };

    public static readonly PathParameter View = new("name", "The name of the view.", "Undecided in Africa")
    {
        After = "views",
        Form = ViewName(),
        IsPublicId = false,
    };

    public static readonly PathParameter Comment = new("comment", "The comment's id, a number.", "7")
    {
        Form = Number(),
    };

    public static readonly PathParameter Milestone = new("milestone", "The milestone's id, a number.", "4")
    {
        Form = Number(),
    };

    public static readonly PathParameter Contact = new("id", "The contact's id.", "k7mq2xw9tnhc")
    {
        After = "contacts",
        Form = RandomId(),
    };

    public static readonly PathParameter Engagement = new("id", "The engagement's id, a number.", "3")
    {
        After = "engagements",
        Form = Number(),
    };

    public static readonly PathParameter Task = new("id", "The task's id, a number.", "5")
    {
        After = "tasks",
        Form = Number(),
    };

    public static readonly PathParameter Endorsement = new("id", "The endorsement's id, a number.", "12")
    {
        After = "endorsements",
        Form = Number(),
    };

    public static readonly PathParameter Act = new("id", "The act's id, a number.", "4")
    {
        After = "acts",
        Form = Number(),
    };

    public static readonly PathParameter Pressure = new("id", "The pressure's id, a number.", "2")
    {
        After = "pressures",
        Form = Number(),
    };

    public static readonly PathParameter Webhook = new("id", "The webhook's id.", "w3hq8zr2ykwd")
    {
        After = "webhooks",
        Form = RandomId(),
    };

    public static readonly PathParameter Delivery = new("delivery", "The delivery's id, a number.", "12")
    {
        Form = Number(),
    };

    public static readonly PathParameter ApiKey = new(
        "id",
        "The key's id, as the list of keys shows it, not the key itself.",
        "h4vz8c3jpw6d"
    )
    {
        After = "api-keys",
        Form = RandomId(),
    };

    public static readonly PathParameter Import = new(
        "id",
        "The import's id, from the response to the upload.",
        "m4tq8zr2ykwd"
    )
    {
        After = "imports",
        Form = RandomId(),
    };

    public static readonly PathParameter StanceImport = new(
        "importId",
        "The import's id, from the response to the import, or from the list of imports.",
        "m4tq8zr2ykwd"
    )
    {
        Form = RandomId(),
    };

    public static readonly PathParameter ShareLink = new(
        "linkId",
        "The link's id, from its creation or from the list of links. It is not the secret in its address.",
        "p9wd5hx2mkqe"
    )
    {
        Form = RandomId(),
    };

    public static readonly PathParameter ShareSecret = new(
        "secret",
        "The secret of a share link, from the `url` in the response to its creation.",
        "m4tq8zr2ykwdp9wd5hx2mkqe7mq2xw9t"
    )
    {
        Form = SecretForm(),
        IsPublicId = false,
    };

    public static readonly PathParameter Calendar = new(
        "id",
        "The calendar's id, from its creation or from the list of calendars. It is not the secret in its address.",
        "c3rk8vn5xq2j"
    )
    {
        After = "calendars",
        Form = RandomId(),
    };

    public static readonly PathParameter CalendarSecret = new(
        "token",
        "The secret of a link to a calendar, from the `url` in the response to its creation.",
        "x9tq8zr2ykwdp9wd5hx2mkqe7mq2xm4t"
    )
    {
        Form = SecretForm(),
        IsPublicId = false,
    };

    private static readonly IReadOnlyList<PathParameter> All =
    [
        MemberState,
        Resolution,
        Session,
        CouncilVeto,
        Scenario,
        View,
        Comment,
        Milestone,
        Contact,
        Engagement,
        Task,
        Endorsement,
        Act,
        Pressure,
        Webhook,
        Delivery,
        ApiKey,
        Import,
        StanceImport,
        ShareLink,
        ShareSecret,
        Calendar,
        CalendarSecret,
    ];

    /// <summary>The route of a request, such as `/v1/resolutions/{id}`; null without one.</summary>
    public static string? RouteOf(HttpContext http) => (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;

    /// <summary>Lists the parameters of a route: their names, and those of them that are declared here.</summary>
    public static IEnumerable<(string Name, PathParameter? Parameter)> ListIn(string route)
    {
        foreach (Match part in RouteParts().Matches(route))
        {
            var (after, name) = (part.Groups["after"].Value, part.Groups["name"].Value);
            yield return (name, All.SingleOrDefault(p => p.Name == name && (p.After is null || p.After == after)));
        }
    }

    /// <summary>Reads a parameter of the path.</summary>
    public static string Part(this HttpContext http, PathParameter parameter)
    {
        var text = (string)http.Request.RouteValues[parameter.Name]!;
        return parameter.IsStateCode ? StateCode.Normalize(text) : text;
    }

    [GeneratedRegex(@"(?<after>[^/{}]*)\}?[/.]\{(?<name>\w+)\}", Options)]
    private static partial Regex RouteParts();

    [GeneratedRegex("^[A-Za-z]{3}$", Options)]
    private static partial Regex StateCodeForm();

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$", Options)]
    private static partial Regex Slug();

    [GeneratedRegex("^[a-z0-9-]+$", Options)]
    private static partial Regex SessionForm();

    [GeneratedRegex("^[1-9][0-9]{0,17}$", Options)]
    private static partial Regex Number();

    [GeneratedRegex("^[^/]{1,64}$", Options)]
    private static partial Regex ViewName();

    [GeneratedRegex("^[a-z0-9]{12}$", Options)]
    private static partial Regex RandomId();

    [GeneratedRegex("^[a-z0-9]{32}$", Options)]
    private static partial Regex SecretForm();
}
