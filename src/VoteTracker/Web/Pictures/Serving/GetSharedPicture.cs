using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Features.Filters;
using VoteTracker.Features.Sharing;
using VoteTracker.Features.Tallies;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Web.Pictures.Serving;

/// <summary>Draws a picture of the resolution that a link shares.</summary>
internal sealed class GetSharedPicture(PictureServices services, SharedAccess access) : PictureEndpoint(services)
{
    private static readonly PathParameter Picture = new(
        "picture",
        "The picture: `badge`, `hemicycle` and `regions` show counts. The others name states, and need the scope `positions`.",
        "badge"
    )
    {
        Words = EnumWord<SharedPicture>.All,
    };

    public override void Configure()
    {
        Get($"{SharedPaths.Root}/{{secret}}/{{picture}}.svg");
        Description(route =>
            Describe(
                    route.WithMetadata(Picture),
                    "Draws a picture of a shared resolution",
                    "The same picture as without a link, as SVG. Before the vote, a link with the scope `tally` gets seats without names, and a 403 for a picture that names states.",
                    TallyParameters.By
                )
                .WithTags("Sharing")
                .Requires(Right.ReadPublic)
                .Produces<byte[]>(StatusCodes.Status200OK, SvgType)
                .Fails(StatusCodes.Status403Forbidden, "The link shares counts alone.")
        );
    }

    protected override async Task<(RequestedPicture?, ProblemHttpResult?)> Find(PictureRequest request, Query query)
    {
        var (view, missing) = await access.Find(HttpContext, ETags.Seen(HttpContext.Request));
        if (view is null)
        {
            return (null, missing);
        }
        var grouping = query.ReadGrouping(TallyParameters.By, Services.ReferenceData);
        if (query.Problem is { } problem)
        {
            return (null, problem);
        }
        var subject = new PictureSubject(Services, view.Snapshot, request, Caller.Anonymous);
        if (!EnumWord<SharedPicture>.TryParse(HttpContext.Part(Picture), out var picture))
        {
            return (null, Problems.NotFound("A share link has no picture with this name."));
        }
        var drawn = picture switch
        {
            SharedPicture.Badge => subject.Badge(),
            SharedPicture.Hemicycle => subject.Hemicycle(),
            SharedPicture.Regions when SharedAccess.ShowsGroups(view, grouping!) => subject.Regions(grouping!),
            SharedPicture.Regions => null,
            SharedPicture.Board => subject.Board(),
            SharedPicture.Tiles => subject.Tiles(),
            _ => subject.Timeline(),
        };
        return drawn is null
            ? (null, ProblemTypes.ScopeTooNarrow.Create())
            : (drawn with { IsPublic = false, Snapshot = null }, null);
    }
}

/// <summary>The pictures that a link shares.</summary>
internal enum SharedPicture
{
    /// <summary>The count in the size of a line of text.</summary>
    Badge,

    /// <summary>The seats of the members.</summary>
    Hemicycle,

    /// <summary>The groups of members.</summary>
    Regions,

    /// <summary>The members in alphabetical order, with their positions.</summary>
    Board,

    /// <summary>The members by regional group, with their positions.</summary>
    Tiles,

    /// <summary>The margin over time, with the states that turned the result.</summary>
    Timeline,
}
