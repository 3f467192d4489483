using VoteTracker.Endpoints.Conditional;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Localization;

namespace VoteTracker.Web.Pictures.Serving;

/// <summary>How a picture was requested.</summary>
internal sealed record PictureRequest(Language Language, Theme Theme, int? Width);

/// <summary>A picture that a caller may see, before it is drawn.</summary>
internal sealed record RequestedPicture
{
    /// <summary>The picture of a tally.</summary>
    public static RequestedPicture Of(TallySnapshot snapshot, string name, bool isPublic) =>
        new()
        {
            Name = name,
            Resolution = snapshot.Standings.Resolution,
            StateName = snapshot.EventId,
            Drawings = snapshot.Representations,
            Images = snapshot.Images,
            IsPublic = isPublic,
        };

    /// <summary>Its name, with everything that it depends on except language, theme and size.</summary>
    public required string Name { get; init; }

    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The name of the state that it shows, for the ETag.</summary>
    public required string StateName { get; init; }

    /// <summary>The SVGs of that state.</summary>
    public required RepresentationCache Drawings { get; init; }

    /// <summary>The PNGs of that state.</summary>
    public required RepresentationCache Images { get; init; }

    /// <summary>The snapshot, if the picture depends on nothing else than it, the sight and the address.</summary>
    public TallySnapshot? Snapshot { get; init; }

    /// <summary>How much of the positions it shows.</summary>
    public Sight Sight { get; init; }

    /// <summary>Whether everybody may see it.</summary>
    public required bool IsPublic { get; init; }

    /// <summary>Draws it as SVG.</summary>
    public Func<Resolution, Task<byte[]>> Draw { get; init; } = _ => throw new NotSupportedException();
}
