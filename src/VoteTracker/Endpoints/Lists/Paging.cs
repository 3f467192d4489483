using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Endpoints.Lists;

/// <summary>A page of a list. The header `Link: …; rel="next"` has the address of the next one (RFC 8288).</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed record Page<T>
{
    /// <summary>The items, in a stable order.</summary>
    public required IReadOnlyList<T> Items { get; init; }
}

/// <summary>The requested part of a list: `?limit=` and `?cursor=`.</summary>
internal sealed record Paging(string List, int Limit, string? After, long Incarnation)
{
    /// <summary>The number of items of a page.</summary>
    public static readonly NumberParameter LimitParameter = new(
        "limit",
        "The number of items of a page: 200 by default, at most 1,000.",
        Minimum: 1,
        Maximum: 1_000,
        Default: 200
    );

    /// <summary>The position where a page begins.</summary>
    public static readonly TextParameter CursorParameter = new(
        "cursor",
        "The position where the page begins, from the Link header of the previous page."
    );

    /// <summary>One row more than the page, to see whether there is a next page.</summary>
    public int Rows => Limit + 1;

    /// <summary>The position after which the page begins, as a number; 0 at the start.</summary>
    public long AfterNumber => After is null ? 0 : long.Parse(After, CultureInfo.InvariantCulture);

    /// <summary>The same in a list with the highest number first; null at the start.</summary>
    public long? BeforeNumber => After is null ? null : AfterNumber;

    /// <summary>The position after which the page begins, as a moment; null at the start.</summary>
    public DateTimeOffset? AfterMoment => Moments.TryParse(After, out var moment) ? moment : null;

    /// <summary>Reads the parameters, and adds the invalid ones to the problems of the query.</summary>
    public static Paging FromQuery(HttpContext http, Query query, string list, TextParameter? cursorParameter = null)
    {
        cursorParameter ??= CursorParameter;
        var limit = query.Read(LimitParameter);
        string? after = null;
        var cursors = http.RequestServices.GetRequiredService<Cursors>();
        var incarnation = cursors.Incarnation;
        if (query.Read(cursorParameter) is { } cursor)
        {
            if (cursors.Open(list, cursor) is not var (position, cursorIncarnation))
            {
                query.Wrong(cursorParameter, "must be an unchanged cursor from a response of this list");
            }
            else if (cursorIncarnation != incarnation)
            {
                throw new ProblemException(Problems.CursorGone(Address(http, cursorParameter.Name, null)));
            }
            else
            {
                after = position;
            }
        }
        return new Paging(list, limit, after, incarnation);
    }

    /// <summary>Creates the page of these rows, and sets the Link to the next page.</summary>
    public Page<T> Page<TRow, T>(
        HttpContext http,
        IEnumerable<TRow> rows,
        Func<TRow, T> item,
        Func<TRow, string> position
    )
    {
        var found = rows.ToList();
        if (found.Count > Limit)
        {
            found.RemoveRange(Limit, found.Count - Limit);
            LinkNext(http, "cursor", position(found[^1]));
        }
        return new Page<T> { Items = [.. found.Select(item)] };
    }

    /// <summary>Sets the Link to the page after this position.</summary>
    public void LinkNext(HttpContext http, string cursorName, string position)
    {
        var cursor = http.RequestServices.GetRequiredService<Cursors>().Seal(List, position, Incarnation);
        http.Response.Headers.Link = $"<{Address(http, cursorName, cursor)}>; rel=\"next\"";
    }

    /// <summary>The same part in the incarnation that was read. A <see cref="ProblemException"/> if the cursor belongs to another one.</summary>
    public Paging In(long incarnation, HttpContext http, string cursorName) =>
        incarnation == Incarnation || After is null
            ? this with
            {
                Incarnation = incarnation,
            }
            : throw new ProblemException(Problems.CursorGone(Address(http, cursorName, null)));

    // The address of this request with another cursor, or without one.
    private static string Address(HttpContext http, string cursorName, string? cursor)
    {
        var query = http
            .Request.Query.Where(p => !p.Key.Equals(cursorName, StringComparison.OrdinalIgnoreCase))
            .SelectMany(p => p.Value, (p, value) => KeyValuePair.Create(p.Key, value));
        return QueryHelpers.AddQueryString(
            http.Request.Path,
            cursor is null ? query : query.Append(KeyValuePair.Create(cursorName, (string?)cursor))
        );
    }
}
