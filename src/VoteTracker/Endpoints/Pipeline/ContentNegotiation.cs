using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace VoteTracker.Endpoints.Pipeline;

/// <summary>Chooses a representation by the `Accept` header (RFC 9110, 12.5.1).</summary>
/// <remarks>
/// It parses the header without allocating, because polls come through it. If the header accepts nothing that is offered,
/// the default is returned, unless the header excludes it with `q=0`. The service never returns 406.
/// </remarks>
internal static class ContentNegotiation
{
    /// <summary>
    /// The index of the media type of the response. Of those with the highest quality, that is the one named most
    /// specifically, then the one named first, then the one offered first. The first that is offered is the default.
    /// </summary>
    public static int Choose(StringValues accept, params ReadOnlySpan<string> offered)
    {
        if (accept.Count == 0 || accept is ["*/*"] || accept is [{ } only] && only == offered[0])
        {
            return 0;
        }
        var (best, bestRank) = (-1, default(Rank));
        var notRefused = -1;
        for (var i = 0; i < offered.Length; i++)
        {
            var rank = RankOf(offered[i], accept);
            if (rank.Quality > 0 && (best < 0 || rank.IsAbove(bestRank)))
            {
                (best, bestRank) = (i, rank);
            }
            if (notRefused < 0 && rank.Specificity == 0)
            {
                notRefused = i;
            }
        }
        return best >= 0 ? best : Math.Max(notRefused, 0);
    }

    // The most specific range that matches the type decides.
    private static Rank RankOf(string type, StringValues accept)
    {
        var found = default(Rank);
        var position = 0;
        foreach (var header in accept)
        {
            foreach (var range in header.AsSpan().Split(','))
            {
                position++;
                var item = header.AsSpan()[range];
                var end = item.IndexOf(';');
                var specificity = Matches((end < 0 ? item : item[..end]).Trim(), type);
                if (specificity > found.Specificity)
                {
                    found = new Rank(specificity, end < 0 ? 1 : Quality(item[(end + 1)..]), position);
                }
            }
        }
        return found;
    }

    private static int Matches(ReadOnlySpan<char> range, string type)
    {
        if (range.Equals(type, StringComparison.OrdinalIgnoreCase))
        {
            return 3;
        }
        if (range is "*/*")
        {
            return 1;
        }
        var slash = type.IndexOf('/', StringComparison.Ordinal) + 1;
        return
            range.EndsWith("/*", StringComparison.Ordinal)
            && range[..^1].Equals(type.AsSpan(0, slash), StringComparison.OrdinalIgnoreCase)
            ? 2
            : 0;
    }

    private static double Quality(ReadOnlySpan<char> parameters)
    {
        foreach (var range in parameters.Split(';'))
        {
            var parameter = parameters[range].Trim();
            if (parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase))
            {
                return
                    double.TryParse(
                        parameter[2..],
                        NumberStyles.AllowDecimalPoint,
                        CultureInfo.InvariantCulture,
                        out var quality
                    ) && quality is >= 0 and <= 1
                    ? quality
                    : 1;
            }
        }
        return 1;
    }

    // How well a type is matched: 3 by its name, 2 by a range such as text/*, 1 by */*, 0 not at all.
    private readonly record struct Rank(int Specificity, double Quality, int Position)
    {
        public bool IsAbove(Rank other) =>
            Quality != other.Quality ? Quality > other.Quality
            : Specificity != other.Specificity ? Specificity > other.Specificity
            : Specificity == 3 && Position < other.Position;
    }
}
