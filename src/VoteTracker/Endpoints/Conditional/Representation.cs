using System.Collections.Concurrent;

namespace VoteTracker.Endpoints.Conditional;

/// <summary>A format in which a resource is represented, and the headers that belong to it.</summary>
/// <param name="ContentType">The header `Content-Type`.</param>
/// <param name="TagSuffix">The end of the ETag, because an ETag names one representation.</param>
/// <param name="Vary">The header `Vary`.</param>
internal sealed record RepresentationFormat(string ContentType, string TagSuffix, string Vary)
{
    /// <summary>JSON of a resource that has no other format.</summary>
    public static readonly RepresentationFormat Json = new(
        "application/json; charset=utf-8",
        "",
        "Authorization, Cookie"
    );

    /// <summary>JSON of a resource that also has CSV.</summary>
    public static readonly RepresentationFormat NegotiatedJson = Json with { Vary = "Accept, Authorization, Cookie" };

    /// <summary>CSV of a resource that also has JSON.</summary>
    public static readonly RepresentationFormat NegotiatedCsv = new(
        "text/csv; charset=utf-8; header=present",
        ".csv",
        "Accept, Authorization, Cookie"
    );
}

/// <summary>The bytes of one representation of one state, with their ETag.</summary>
internal sealed class Representation(byte[] body, string stateName, RepresentationFormat format)
{
    public byte[] Body => body;

    /// <summary>The name of the state and the suffix of the format: `"812"` or `"812.csv"`.</summary>
    public string ETag { get; } = $"\"{stateName}{format.TagSuffix}\"";

    public RepresentationFormat Format => format;
}

/// <summary>
/// The representations of one state, each created once, when it is first requested. Beyond the limit a representation is
/// created for each request, because a parameter can have any number of values.
/// </summary>
internal sealed class RepresentationCache(string stateName, int limit)
{
    private readonly ConcurrentDictionary<string, Lazy<Representation>> _items = new(StringComparer.Ordinal);

    /// <summary>Returns a representation that was created before; otherwise null.</summary>
    public Representation? Find(string name) => _items.TryGetValue(name, out var cached) ? cached.Value : null;

    /// <summary>Returns a representation, which is created once for concurrent requests.</summary>
    public Representation GetOrCreate<T>(string name, RepresentationFormat format, T source, Func<T, byte[]> create)
    {
        var item = _items.TryGetValue(name, out var cached) ? cached : Add(name, format, source, create);
        return item.Value;
    }

    private Lazy<Representation> Add<T>(string name, RepresentationFormat format, T source, Func<T, byte[]> create)
    {
        var item = new Lazy<Representation>(() => new Representation(create(source), stateName, format));
        return _items.Count < limit ? _items.GetOrAdd(name, item) : item;
    }
}
