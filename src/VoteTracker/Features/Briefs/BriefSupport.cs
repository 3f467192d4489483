using System.Data.Common;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Features.Acts;
using VoteTracker.Features.Endorsements;
using VoteTracker.Features.Pressures;
using VoteTracker.Security;

namespace VoteTracker.Features.Briefs;

/// <summary>The endorsements, acts and pressures of a state in its brief, for one resolution or for none.</summary>
internal sealed record BriefSupport
{
    private const int MostEndorsements = 20;
    private const int MostActs = 10;
    private const int MostPressures = 10;

    public required int EndorsementCount { get; init; }
    public required IReadOnlyList<Endorsement> Endorsements { get; init; }
    public required IReadOnlyList<StateAct> Acts { get; init; }

    /// <summary>The pressures; null if the caller may not see them.</summary>
    public required IReadOnlyList<StatePressure>? Pressures { get; init; }

    /// <summary>Loads what the caller may see, and adds the names of lists that have more.</summary>
    public static async Task<BriefSupport> Load(
        DbConnection connection,
        string resolution,
        string iso3,
        Caller caller,
        List<string> more
    )
    {
        var ofState = new EndorsementFilter { MemberState = iso3, About = resolution };
        var endorsements = await EndorsementStore.List(connection, ofState, caller, after: null, MostEndorsements + 1);
        var acts = await ActStore.List(
            connection,
            new ActFilter { MemberState = iso3, About = resolution },
            caller,
            after: null,
            MostActs + 1
        );
        var pressures = caller.May(Right.SeePressures)
            ? await PressureStore.List(
                connection,
                new PressureFilter { MemberState = iso3, About = resolution },
                after: null,
                MostPressures + 1
            )
            : null;
        return new BriefSupport
        {
            EndorsementCount =
                endorsements.Count > MostEndorsements
                    ? (await EndorsementStore.Count(connection, ofState, caller)).Sum(count => count.Total)
                    : endorsements.Count,
            Endorsements = ShortList.Cut("endorsements", endorsements, MostEndorsements, more),
            Acts = ShortList.Cut("acts", acts, MostActs, more),
            Pressures = pressures is null ? null : ShortList.Cut("pressures", pressures, MostPressures, more),
        };
    }
}
