using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Live;

namespace VoteTracker.Web.Pictures.Serving;

/// <summary>How much of the positions a picture shows.</summary>
internal enum Sight
{
    /// <summary>The counts alone.</summary>
    Counts,

    /// <summary>The position of each member.</summary>
    Names,

    /// <summary>The position of each member, and how firm it is.</summary>
    Certainty,
}

/// <summary>A picture as it is sent.</summary>
internal sealed record ServedPicture(Representation Content, string Language, bool IsPublic);

/// <summary>
/// The pictures of each snapshot by the addresses that asked for them. A repeated request finds its picture here, without
/// reading its parameters again.
/// </summary>
internal sealed class ServedPictures
{
    // The same picture can have many spellings of its parameters.
    private const int MaxOfSnapshot = 64;

    // The pictures of a snapshot are released with it.
    private readonly ConditionalWeakTable<TallySnapshot, ConcurrentDictionary<Name, ServedPicture>> _pictures = [];

    /// <summary>The address, and how much the caller may see.</summary>
    public static Name NameOf(HttpRequest request, Sight sight) =>
        new(request.Path.Value ?? "", request.QueryString.Value ?? "", sight);

    /// <summary>The picture that was served at an address; null if there is none.</summary>
    public ServedPicture? Find(TallySnapshot snapshot, Name name) =>
        _pictures.TryGetValue(snapshot, out var pictures) ? pictures.GetValueOrDefault(name) : null;

    /// <summary>Keeps a picture for the next request of its address.</summary>
    public void Add(TallySnapshot snapshot, Name name, ServedPicture picture)
    {
        var pictures = _pictures.GetValue(snapshot, static _ => new());
        if (pictures.Count < MaxOfSnapshot)
        {
            pictures.TryAdd(name, picture);
        }
    }

    internal readonly record struct Name(string Path, string Query, Sight Sight);
}
