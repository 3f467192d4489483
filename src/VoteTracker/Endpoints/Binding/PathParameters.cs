using VoteTracker.Voting.Rules;

namespace VoteTracker.Endpoints.Binding;

/// <summary>The parameters that identify a resource. Over 200 lines because every one of them is here.</summary>
internal static class PathParameters
{
    private const string Slug = "^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$";
    private const string Number = "^[1-9][0-9]{0,17}$";
    private const string ViewName = "^[^/]{1,64}$";
    private const string RandomId = "^[a-z0-9]{12}$";

    /// <summary>A member state or an observer.</summary>
    public static readonly PathParameter MemberState = new(
        "iso3",
        "The state's code, ISO 3166-1 alpha-3, in any case; responses have it in capitals.",
        "ZAF"
    )
    {
        Pattern = "^[A-Za-z]{3}$",
        IsStateCode = true,
    };

    public static readonly PathParameter Resolution = new(
        "id",
        "The resolution's id: its symbol in lower case with hyphens, or a chosen id.",
        "es-10-27"
    )
    {
        After = "resolutions",
        Pattern = Slug,
    };

    public static readonly PathParameter Session = new("id", "The session's id.", "es-10")
    {
        After = "sessions",
        Pattern = "^[a-z0-9-]+$",
    };

    public static readonly PathParameter CouncilVeto = new("id", "The veto's id, a number.", "3")
    {
        After = "council-vetoes",
        Pattern = Number,
    };

    public static readonly PathParameter Scenario = new("name", "The name of the scenario.", "nordic-states-abstain")
    {
        After = "scenarios",
        Pattern = Slug,
    };

    public static readonly PathParameter View = new("name", "The name of the view.", "Undecided in Africa")
    {
        After = "views",
        Pattern = ViewName,
    };

    public static readonly PathParameter Comment = new("comment", "The comment's id, a number.", "7")
    {
        Pattern = Number,
    };

    public static readonly PathParameter Milestone = new("milestone", "The milestone's id, a number.", "4")
    {
        Pattern = Number,
    };

    public static readonly PathParameter Contact = new("id", "The contact's id.", "k7mq2xw9tnhc")
    {
        After = "contacts",
        Pattern = RandomId,
    };

    public static readonly PathParameter Engagement = new("id", "The engagement's id, a number.", "3")
    {
        After = "engagements",
        Pattern = Number,
    };

    public static readonly PathParameter Task = new("id", "The task's id, a number.", "5")
    {
        After = "tasks",
        Pattern = Number,
    };

    public static readonly PathParameter Endorsement = new("id", "The endorsement's id, a number.", "12")
    {
        After = "endorsements",
        Pattern = Number,
    };

    public static readonly PathParameter Act = new("id", "The act's id, a number.", "4")
    {
        After = "acts",
        Pattern = Number,
    };

    public static readonly PathParameter Pressure = new("id", "The pressure's id, a number.", "2")
    {
        After = "pressures",
        Pattern = Number,
    };

    public static readonly PathParameter Webhook = new("id", "The webhook's id.", "w3hq8zr2ykwd")
    {
        After = "webhooks",
        Pattern = RandomId,
    };

    public static readonly PathParameter Delivery = new("delivery", "The delivery's id, a number.", "12")
    {
        Pattern = Number,
    };

    public static readonly PathParameter ApiKey = new(
        "id",
        "The key's id, as the list of keys shows it, not the key itself.",
        "h4vz8c3jpw6d"
    )
    {
        After = "api-keys",
        Pattern = RandomId,
    };

    public static readonly PathParameter Import = new(
        "id",
        "The import's id, from the response to the upload.",
        "m4tq8zr2ykwd"
    )
    {
        After = "imports",
        Pattern = RandomId,
    };

    public static readonly PathParameter StanceImport = new(
        "importId",
        "The import's id, from the response to the import, or from the list of imports.",
        "m4tq8zr2ykwd"
    )
    {
        Pattern = RandomId,
    };

    public static readonly PathParameter ShareLink = new(
        "linkId",
        "The link's id, from its creation or from the list of links. It is not the secret in its address.",
        "p9wd5hx2mkqe"
    )
    {
        Pattern = RandomId,
    };

    public static readonly PathParameter ShareSecret = new(
        "secret",
        "The secret of a share link, from the `url` in the response to its creation.",
        "m4tq8zr2ykwdp9wd5hx2mkqe7mq2xw9t"
    )
    {
        Pattern = "^[a-z0-9]{32}$",
    };

    public static readonly PathParameter Calendar = new(
        "id",
        "The calendar's id, from its creation or from the list of calendars. It is not the secret in its address.",
        "c3rk8vn5xq2j"
    )
    {
        After = "calendars",
        Pattern = RandomId,
    };

    public static readonly PathParameter CalendarSecret = new(
        "token",
        "The secret of a link to a calendar, from the `url` in the response to its creation.",
        "x9tq8zr2ykwdp9wd5hx2mkqe7mq2xm4t"
    )
    {
        Pattern = "^[a-z0-9]{32}$",
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

    /// <summary>Finds the parameter of this name that a route has after this segment.</summary>
    public static PathParameter Find(string name, string after) =>
        All.Single(p => p.Name == name && (p.After is null || p.After == after));

    /// <summary>
    /// Whether a text can be the id that a route has at a parameter, and not another text that a person typed there. The name
    /// of a view or a scenario is no id.
    /// </summary>
    public static bool IsId(string route, string name, string text)
    {
        var before = route[..Math.Max(0, route.IndexOf('{' + name, StringComparison.Ordinal))].TrimEnd('/');
        var after = before[(before.LastIndexOf('/') + 1)..];
        var parameter = All.FirstOrDefault(p => p.Name == name && (p.After is null || p.After == after));
        return parameter != View && parameter != Scenario && (parameter ?? Resolution).Matches(text);
    }

    /// <summary>Reads a parameter of the path.</summary>
    public static string Part(this HttpContext http, PathParameter parameter)
    {
        var text = (string)http.Request.RouteValues[parameter.Name]!;
        return parameter.IsStateCode ? StateCode.Normalize(text) : text;
    }
}
