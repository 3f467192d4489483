using System.Collections.Frozen;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Security;

/// <summary>The rights of each role. The code, the contract and the documents use this one table.</summary>
internal static class Rights
{
    /// <summary>The word for a caller without a key.</summary>
    public const string Anonymous = "anonymous";

    private static readonly Right[] OfAnonymous = [Right.ReadPublic];

    private static readonly Right[] OfViewer =
    [
        .. OfAnonymous,
        Right.SeeResolutions,
        Right.SeeStances,
        Right.SeeCoSponsors,
        Right.SeeAuthors,
        Right.SeeNotes,
        Right.SeeForecasts,
        Right.SeeOwnKey,
        Right.SeeEndorsements,
        Right.SeeSessions,
    ];

    private static readonly Right[] OfLobbyist =
    [
        .. OfViewer,
        Right.SeeTeam,
        Right.SeeContacts,
        Right.EditContacts,
        Right.AssignStates,
        Right.Comment,
        Right.SaveViews,
        Right.RecordStances,
        Right.ImportStances,
        Right.RecordCoSponsors,
        Right.RecordSupport,
        Right.SeePressures,
        Right.RecordPressures,
        Right.SaveScenarios,
        Right.EnterVotes,
        Right.UseCalendars,
        Right.RecordRequests,
    ];

    private static readonly Right[] OfCoordinator =
    [
        .. OfLobbyist,
        Right.SeeConfidential,
        Right.SeePersonalData,
        Right.DeleteComments,
        Right.DeleteViews,
        Right.ManageResolutions,
        Right.ManageMilestones,
        Right.ShareResolutions,
        Right.RecordRollCalls,
        Right.ImportRecord,
        Right.ManageEligibility,
        Right.ManageSessions,
        Right.ExportAuthors,
        Right.ManageWebhooks,
    ];

    private static readonly Right[] OfAdmin = [.. OfCoordinator, Right.ManageKeys, Right.ReadMetrics, Right.ReadAudit];

    // What concerns one resolution. The work of the whole team, such as contacts and pressures, is not part of it.
    private static readonly FrozenSet<Right> OfOneResolution = new[]
    {
        Right.ReadPublic,
        Right.SeeResolutions,
        Right.SeeStances,
        Right.SeeCoSponsors,
        Right.SeeAuthors,
        Right.SeeForecasts,
        Right.SeeOwnKey,
        Right.AssignStates,
        Right.Comment,
        Right.RecordStances,
        Right.ImportStances,
        Right.RecordCoSponsors,
        Right.SaveScenarios,
        Right.EnterVotes,
        Right.DeleteComments,
        Right.ManageResolutions,
        Right.ManageMilestones,
        Right.ShareResolutions,
        Right.RecordRollCalls,
        Right.ExportAuthors,
    }.ToFrozenSet();

    private static readonly FrozenSet<Right> WithoutKey = OfAnonymous.ToFrozenSet();

    private static readonly FrozenSet<Right> OutsideScope = new[] { Right.ReadPublic, Right.SeeOwnKey }.ToFrozenSet();

    private static readonly FrozenDictionary<KeyRole, FrozenSet<Right>> WithKey = new Dictionary<KeyRole, Right[]>
    {
        [KeyRole.Viewer] = OfViewer,
        [KeyRole.Lobbyist] = OfLobbyist,
        [KeyRole.Coordinator] = OfCoordinator,
        [KeyRole.Admin] = OfAdmin,
    }.ToFrozenDictionary(row => row.Key, row => row.Value.ToFrozenSet());

    private static readonly FrozenDictionary<KeyRole, FrozenSet<Right>> InScope = WithKey.ToFrozenDictionary(
        row => row.Key,
        row => row.Value.Where(OfOneResolution.Contains).ToFrozenSet()
    );

    /// <summary>The rights of a role; null is a caller without a key.</summary>
    public static FrozenSet<Right> List(KeyRole? role) => role is { } key ? WithKey[key] : WithoutKey;

    /// <summary>The rights of a role at a resolution of its key's scope.</summary>
    public static FrozenSet<Right> ListInScope(KeyRole role) => InScope[role];

    /// <summary>The rights of a key with a scope at all other addresses.</summary>
    public static FrozenSet<Right> ListOutsideScope() => OutsideScope;

    /// <summary>Whether every caller has the right, with or without a key.</summary>
    public static bool IsPublic(Right right) => WithoutKey.Contains(right);

    /// <summary>Whether every key has the right, so that no key gets a 403.</summary>
    public static bool IsOfEveryKey(Right right) => WithKey.Values.All(rights => rights.Contains(right));

    /// <summary>
    /// The roles that have a right, in words: "lobbyist and up" if all later roles have it too, otherwise their names.
    /// </summary>
    public static string DescribeRoles(Right right, string andUp)
    {
        if (IsPublic(right))
        {
            return $"{Anonymous} {andUp}";
        }
        var all = Enum.GetValues<KeyRole>();
        KeyRole[] with = [.. all.Where(role => WithKey[role].Contains(right))];
        return with.Length > 1 && with.SequenceEqual(all.TakeLast(with.Length))
            ? $"{EnumWord<KeyRole>.ToWord(with[0])} {andUp}"
            : string.Join(" or ", with.Select(EnumWord<KeyRole>.ToWord));
    }
}
