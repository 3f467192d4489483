using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Text;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Endpoints.Binding;

/// <summary>Reads the query parameters of a request, and collects their faults.</summary>
internal sealed class Query(HttpContext http)
{
    private Dictionary<string, string[]>? _errors;

    /// <summary>The 400 that names every wrong parameter; null if none is wrong.</summary>
    public ProblemHttpResult? Problem => _errors is null ? null : Problems.Invalid(_errors);

    /// <summary>Reads a text; null if the parameter is missing.</summary>
    public string? Read(TextParameter parameter) => Text(parameter.Name);

    /// <summary>Reads a word.</summary>
    public TEnum? Read<TEnum>(WordParameter<TEnum> parameter)
        where TEnum : struct, Enum
    {
        if (Text(parameter.Name) is not { } text)
        {
            return null;
        }
        if (EnumWord<TEnum>.TryParse(text, out var value) && parameter.Accepts(value))
        {
            return value;
        }
        Wrong(parameter, WrongWord.Describe(parameter.SomeWords ?? EnumWord<TEnum>.All, text));
        return null;
    }

    /// <summary>Reads a day.</summary>
    public DateOnly? Read(DayParameter parameter)
    {
        if (Text(parameter.Name) is not { } text)
        {
            return null;
        }
        if (DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }
        Wrong(parameter, "must be a day such as 2026-11-21", text);
        return null;
    }

    /// <summary>Reads a moment that has passed; <paramref name="now"/> if it is in the future and that is tolerated.</summary>
    public DateTimeOffset? Read(PastMomentParameter parameter, DateTimeOffset now) => Read(parameter, now, out _);

    /// <summary>Reads a moment that has passed, and whether it was a moment in the future that means now.</summary>
    public DateTimeOffset? Read(PastMomentParameter parameter, DateTimeOffset now, out bool isAhead)
    {
        isAhead = false;
        if (Text(parameter.Name) is not { } text)
        {
            return null;
        }
        if (!Moments.TryParseQuery(text, out var moment))
        {
            Wrong(parameter, Moments.Wrong(text));
            return null;
        }
        if (moment <= now)
        {
            return moment;
        }
        if (!parameter.IsUpperBound && moment - now > PastMomentParameter.Tolerance)
        {
            Wrong(parameter, PastMoment.DescribeFuture(text, now));
            return null;
        }
        isAhead = true;
        return now;
    }

    /// <summary>Reads a moment that has passed, a day, or a length of time back from now.</summary>
    public DateTimeOffset? Read(SinceParameter parameter, DateTimeOffset now)
    {
        if (Text(parameter.Name) is not { } text)
        {
            return null;
        }
        if (PastMoment.TryParse(text, now, out var moment, out var problem))
        {
            return moment;
        }
        Wrong(parameter, problem);
        return null;
    }

    /// <summary>Reads a day, or a length of time back from now.</summary>
    public DateOnly? Read(FirstDayParameter parameter, DateTimeOffset now)
    {
        if (Text(parameter.Name) is not { } text)
        {
            return null;
        }
        if (PastMoment.TryParseDay(text, now, out var day, out var problem))
        {
            return day;
        }
        Wrong(parameter, problem);
        return null;
    }

    /// <summary>Reads a length of time.</summary>
    public TimeStep? Read(StepParameter parameter)
    {
        if (Text(parameter.Name) is not { } text)
        {
            return null;
        }
        if (TimeStep.TryParse(text, out var step))
        {
            return step;
        }
        Wrong(parameter, TimeStep.Wrong, text);
        return null;
    }

    /// <summary>Reads a whole number; the default if the parameter is missing or wrong.</summary>
    public int Read(NumberParameter parameter)
    {
        if (Text(parameter.Name) is not { } text)
        {
            return parameter.Default;
        }
        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= parameter.Minimum
            && number <= parameter.Maximum
        )
        {
            return number;
        }
        Wrong(
            parameter,
            string.Create(
                CultureInfo.InvariantCulture,
                $"must be a whole number from {parameter.Minimum} to {parameter.Maximum}"
            ),
            text
        );
        return parameter.Default;
    }

    /// <summary>Reads a number from 0 to 1.</summary>
    public double? Read(ShareParameter parameter)
    {
        if (Text(parameter.Name) is not { } text)
        {
            return null;
        }
        const NumberStyles styles = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (double.TryParse(text, styles, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1)
        {
            return share;
        }
        Wrong(parameter, "must be a number from 0 to 1, such as 0.25", text);
        return null;
    }

    /// <summary>Reads `true` or `false`; the default if the parameter is missing.</summary>
    public bool Read(FlagParameter parameter)
    {
        var text = Text(parameter.Name);
        if (text is not (null or "true" or "false"))
        {
            Wrong(parameter, "must be true or false", text!);
        }
        return text is null ? parameter.Default : text == "true";
    }

    /// <summary>Adds what is wrong with a parameter, how to fix it, and the value found.</summary>
    public void Wrong(QueryParameter parameter, string problem, string found) =>
        Wrong(parameter.Name, $"{problem}; found {SafeText.Quote(found)}");

    /// <summary>Adds what is wrong with a parameter, and how to fix it.</summary>
    public void Wrong(QueryParameter parameter, string problem) => Wrong(parameter.Name, problem);

    /// <summary>Adds what is wrong with a part of the request, and how to fix it. Only the first fault of each name is kept.</summary>
    public void Wrong(string name, string problem) =>
        (_errors ??= new Dictionary<string, string[]>(StringComparer.Ordinal)).TryAdd(name, [problem]);

    private string? Text(string name)
    {
        var values = http.Request.Query[name];
        if (values.Count > 1)
        {
            Wrong(name, "must be named once");
        }
        if (values.Count == 0 || values[0] is not { } text)
        {
            return null;
        }
        // No valid value contains it, and PostgreSQL does not accept it in a text.
        if (text.Contains('\0'))
        {
            Wrong(name, $"must not contain U+0000; found {SafeText.Quote(text)}");
            return null;
        }
        return text;
    }
}
