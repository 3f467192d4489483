using System.Data.Common;
using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.MemberStates;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.VoteDays;
using VoteTracker.Live;
using VoteTracker.Localization;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;
using VoteTracker.Web.Desk;

namespace VoteTracker.Web.VoteDay;

/// <summary>The page on which lobbyists enter a vote while it takes place. A reader without a session signs in first.</summary>
internal sealed class GetVoteDayPage(
    Assets assets,
    Db db,
    VoteDayLoader loader,
    ReferenceData referenceData,
    TimeProvider clock
) : DeskPageEndpoint(assets)
{
    public override void Configure() => Serve("/vote-day/{id}");

    public override async Task HandleAsync(CancellationToken ct)
    {
        var page = CreateContext();
        if (RedirectToSignIn(page))
        {
            return;
        }
        var id = HttpContext.Part(PathParameters.Resolution);
        var mayEnter = page.Caller.May(Right.EnterVotes);
        if (await db.Read(connection => Load(connection, id, page.Caller, mayEnter)) is not { } model)
        {
            await SendNotFound(page);
            return;
        }
        await SendPage(page, await Render<VoteDayPage>(page, model), isPublic: false);
    }

    private async Task<VoteDayModel?> Load(DbConnection connection, string id, Caller caller, bool mayEnter)
    {
        if (await ResolutionAccess.Find(connection, id, caller) is not { Resolution: { } resolution })
        {
            return null;
        }
        var day = mayEnter ? await loader.Load(connection, resolution) : null;
        var today = NewYork.DayOf(clock.Moment());
        var members = referenceData.Roster.MembersOn(day?.On ?? today);
        return new VoteDayModel
        {
            Resolution = resolution,
            Day = day,
            MayEnter = mayEnter,
            Today = today,
            Alphabet = AssemblyOrder.List(members),
            FoldedNames = members.ToDictionary(state => state, FoldNames, StringComparer.Ordinal),
        };
    }

    private static string FoldNames(string iso3) =>
        FoldedText.Fold(string.Join('\n', [.. StateNames.All(iso3), .. StateNameIndex.Shipped.AliasesOf(iso3), iso3]));
}

/// <summary>What the page of a vote day shows.</summary>
public sealed record VoteDayModel
{
    /// <summary>The resolution.</summary>
    public required Resolution Resolution { get; init; }

    /// <summary>The vote day; null if none is open.</summary>
    public required Features.VoteDays.VoteDay? Day { get; init; }

    /// <summary>Whether the reader may enter votes.</summary>
    public required bool MayEnter { get; init; }

    /// <summary>The current day in New York.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>The members in the order of their English names.</summary>
    public required IReadOnlyList<string> Alphabet { get; init; }

    /// <summary>The names of each member in all languages and its code, as a search compares them.</summary>
    public required IReadOnlyDictionary<string, string> FoldedNames { get; init; }
}
