using System.Data.Common;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Sessions.Convening;

/// <summary>What is recorded about the convening of a session, compared with what is required.</summary>
public sealed record ConveningReport
{
    /// <summary>The session's id.</summary>
    public required string Session { get; init; }

    /// <summary>The session's version.</summary>
    public required long Version { get; init; }

    /// <summary>The kind of the session, which decides what is counted.</summary>
    public required SessionKind Kind { get; init; }

    /// <summary>How far the session is.</summary>
    public required SessionStatus Status { get; init; }

    /// <summary>
    /// The day whose members are counted: the day on which the session convened, otherwise today in New York. Null if it has
    /// convened on a day that is not known.
    /// </summary>
    public required DateOnly? CountedOn { get; init; }

    /// <summary>
    /// What is counted by: rules of procedure of the General Assembly and resolution 377 A (V); for a resumption, the document
    /// that authorises it.
    /// </summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>The votes of the Security Council; null if they are not counted for this kind.</summary>
    public required CouncilCount? Council { get; init; }

    /// <summary>The requests of members; null for a regular session.</summary>
    public required RequestCount? Members { get; init; }

    /// <summary>
    /// Whether the session can convene: a recorded condition is met, or it has convened. Null if nothing is counted: for a
    /// regular session that has not opened, and for a resumption, whose authority names no number.
    /// </summary>
    public required bool? Met { get; init; }

    /// <summary>The condition that is met by what is recorded; null if none is.</summary>
    public required ConveningBasis? MetBy { get; init; }

    /// <summary>The requests by regional group; `none` for members without a group. Empty for a regular session, and if the day is not known.</summary>
    public required IReadOnlyList<RegionalRequests> Regions { get; init; }

    /// <summary>The numbers as one or two sentences, in the language of the response.</summary>
    public required ConveningSentence Sentence { get; init; }

    /// <summary>Loads the report on a session; all parts are of one version.</summary>
    internal static async Task<ConveningReport> Load(
        DbConnection connection,
        ReferenceData referenceData,
        Session session,
        DateTimeOffset now
    )
    {
        var today = NewYork.DayOf(now);
        var day = session.HasConvened ? session.OpenedOn : today;
        var members = day is { } counted ? referenceData.Roster.MembersOn(counted) : [];
        var requests = (await SessionRequestStore.List(connection, session.Id))
            .Select(request => request.MemberState)
            .Intersect(members)
            .ToHashSet(StringComparer.Ordinal);
        var vote = await ConveningStore.FindVote(connection, session.Id);
        var council = vote?.On ?? day ?? today;
        var count = new ConveningCount
        {
            Kind = session.Kind,
            HasConvened = session.HasConvened,
            CouncilYes = vote?.Totals.Yes,
            CouncilRequired = ConveningRule.CouncilVotesRequired(council),
            Requests = requests.Count,
            Members = members.Count,
            Authority = session.Authority,
        };
        return new ConveningReport
        {
            Session = session.Id,
            Version = session.Version,
            Kind = session.Kind,
            Status = session.Status,
            CountedOn = day,
            Rules = count.Rules,
            Council = count.CountsCouncil ? CouncilCount.Create(count, vote, council) : null,
            Members =
                session.Kind == SessionKind.Regular ? null : RequestCount.Create(count, isDayKnown: day is not null),
            Met = count.Met,
            MetBy = count.MetBy,
            Regions =
                session.Kind == SessionKind.Regular
                    ? []
                    : RegionalRequests.List(referenceData.Groups, members, count.RequestsAreUnknown ? null : requests),
            Sentence = new ConveningSentence(count),
        };
    }
}

/// <summary>The votes of the Security Council, compared with what was required on that day.</summary>
public sealed record CouncilCount
{
    /// <summary>The day of the vote; null if none is recorded.</summary>
    public required DateOnly? On { get; init; }

    /// <summary>The symbol of the resolution or draft; null if no vote is recorded.</summary>
    public required string? Document { get; init; }

    /// <summary>The yes votes; null if no vote is recorded.</summary>
    public required int? Votes { get; init; }

    /// <summary>The yes votes that are required: nine since 31 August 1965, seven before. No permanent member can prevent it.</summary>
    public required int Required { get; init; }

    /// <summary>The seats of the Council: fifteen since 31 August 1965, eleven before.</summary>
    public required int Seats { get; init; }

    /// <summary>Whether the votes are enough; null if no vote is recorded.</summary>
    public required bool? Met { get; init; }

    internal static CouncilCount Create(ConveningCount count, CouncilVote? vote, DateOnly day) =>
        new()
        {
            On = vote?.On,
            Document = vote?.Document,
            Votes = count.CouncilYes,
            Required = count.CouncilRequired,
            Seats = ConveningRule.CouncilSeats(day),
            Met = vote is null ? null : count.CouncilMet,
        };
}

/// <summary>The requests of members, compared with a majority of the members of that day.</summary>
public sealed record RequestCount
{
    /// <summary>The members that request the session. Null if it has convened and no request is recorded: not known is never 0.</summary>
    public required int? Requests { get; init; }

    /// <summary>The number of members of that day; null if the session has convened on a day that is not known.</summary>
    public required int? Of { get; init; }

    /// <summary>The requests that are a majority of the members; null for a resumption, which needs none, and if the day is not known.</summary>
    public required int? Required { get; init; }

    /// <summary>The requests that are missing; null if the number of requests is not known, or none is required.</summary>
    public required int? Missing { get; init; }

    /// <summary>Whether the requests are a majority; null if the number is not known, or none is required.</summary>
    public required bool? Met { get; init; }

    internal static RequestCount Create(ConveningCount count, bool isDayKnown)
    {
        var isKnown = isDayKnown && !count.RequestsAreUnknown && count.CountsMajority;
        return new RequestCount
        {
            Requests = count.RequestsAreUnknown ? null : count.Requests,
            Of = isDayKnown ? count.Members : null,
            Required = isDayKnown && count.CountsMajority ? count.RequestsRequired : null,
            Missing = isKnown ? count.RequestsMissing : null,
            Met = isKnown ? count.MembersMet : null,
        };
    }
}

/// <summary>The requests of the members of a regional group.</summary>
public sealed record RegionalRequests
{
    /// <summary>The key of the group; `none` for members without one.</summary>
    public required string Group { get; init; }

    /// <summary>The name of the group, in the language of the response.</summary>
    public GroupName Name => new(Group);

    /// <summary>Its members that request the session. Null if it has convened and no request is recorded.</summary>
    public required int? Requests { get; init; }

    /// <summary>Its members on that day.</summary>
    public required int Members { get; init; }

    internal static IReadOnlyList<RegionalRequests> List(
        Groups groups,
        IReadOnlyList<string> members,
        HashSet<string>? requests
    )
    {
        var byGroup = members.ToLookup(iso3 => groups.RegionOf(iso3) ?? Groups.None, StringComparer.Ordinal);
        return
        [
            .. groups
                .All.Where(group => group.Scheme == GroupScheme.RegionalGroup)
                .Select(group => group.Key)
                .Append(Groups.None)
                .Where(byGroup.Contains)
                .Select(key => new RegionalRequests
                {
                    Group = key,
                    Requests = requests is null ? null : byGroup[key].Count(requests.Contains),
                    Members = byGroup[key].Count(),
                }),
        ];
    }
}
