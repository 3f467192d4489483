using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Voting;

namespace VoteTracker.Http;

/// <summary>Reads the query string's words, days and moments, and collects what is wrong with them.</summary>
internal sealed class Query(HttpContext http)
{
    private Dictionary<string, string[]>? _errors;

    /// <summary>The 400 that names every wrong parameter; null where there is none.</summary>
    public ProblemHttpResult? Problem => _errors is null ? null : Problems.Invalid(_errors);

    /// <summary>A parameter's text, null where it is not there.</summary>
    public string? Text(string name)
    {
        var values = http.Request.Query[name];
        if (values.Count > 1)
        {
            Wrong(name, "must be named once");
        }
        return values.Count == 0 ? null : values[0];
    }

    /// <summary>One of an enum's words, but for one that is none here.</summary>
    public TEnum? Word<TEnum>(string name, TEnum? but = null)
        where TEnum : struct, Enum
    {
        if (Text(name) is not { } text)
        {
            return null;
        }
        var none = Words<TEnum>.Of(but);
        if (text != none && Words<TEnum>.TryParse(text, out var value))
        {
            return value;
        }
        Wrong(name, $"must be one of {string.Join(", ", Words<TEnum>.All.Where(word => word != none))}");
        return null;
    }

    /// <summary>A day.</summary>
    public DateOnly? Day(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }
        if (DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }
        Wrong(name, "must be a day such as 2026-11-21");
        return null;
    }

    /// <summary>A moment that has been.</summary>
    public DateTimeOffset? PastMoment(string name, DateTimeOffset now)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }
        // A plus that was not percent-encoded arrives as a space.
        if (!Moments.TryParse(text.Replace(' ', '+'), out var moment))
        {
            Wrong(
                name,
                "must be a moment in ISO 8601 with its offset, such as 2026-11-21T22:10:00Z; a day alone is none"
            );
            return null;
        }
        if (moment > now)
        {
            Wrong(name, "must not be in the future");
            return null;
        }
        return moment;
    }

    /// <summary>A length of time.</summary>
    public Step? Length(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }
        if (Step.TryParse(text, out var step))
        {
            return step;
        }
        Wrong(
            name,
            "must be a length of time as ISO 8601 has it, such as P1D or PT6H, or 1w, 1d, 6h, 15m, 30s; months and years are not all of one length"
        );
        return null;
    }

    /// <summary>A whole number between two others.</summary>
    public int? Number(string name, int least, int most)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }
        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
        )
        {
            return number;
        }
        Wrong(name, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {least} to {most}"));
        return null;
    }

    /// <summary>A share: a number from 0 to 1, as 0.25.</summary>
    public double? Share(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }
        const NumberStyles styles = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (double.TryParse(text, styles, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1)
        {
            return share;
        }
        Wrong(name, "must be a number from 0 to 1, such as 0.25");
        return null;
    }

    /// <summary>`true` or `false`; false where it is not there.</summary>
    public bool Flag(string name)
    {
        var text = Text(name);
        if (text is not (null or "true" or "false"))
        {
            Wrong(name, "must be true or false");
        }
        return text == "true";
    }

    /// <summary>Says that a parameter is wrong, and the mend.</summary>
    public void Wrong(string name, string mend) =>
        (_errors ??= new Dictionary<string, string[]>(StringComparer.Ordinal))[name] = [mend];
}
