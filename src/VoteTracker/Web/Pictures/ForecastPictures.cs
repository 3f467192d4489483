using VoteTracker.Features.Forecasts;
using VoteTracker.Localization;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Web.Pictures;

/// <summary>What a picture of the ways to turn the result shows.</summary>
public sealed record PathToTurn
{
    /// <summary>The language of all words.</summary>
    public required Language Language { get; init; }

    /// <summary>The name: symbol and title.</summary>
    public required string Name { get; init; }

    /// <summary>The report.</summary>
    public required PathReport Report { get; init; }

    /// <summary>The number of states that are listed.</summary>
    public int Top { get; init; } = DefaultTop;

    internal const int DefaultTop = 10;

    /// <summary>The colours.</summary>
    public Theme Theme { get; init; }

    /// <summary>The width in pixels; null for the width of the space around it.</summary>
    public int? Width { get; init; }

    /// <summary>Whether it is a file of its own.</summary>
    public bool IsFile { get; init; } = true;

    /// <summary>The colours.</summary>
    internal Palette Palette => Palette.Of(Theme);
}

/// <summary>What a picture of the forecast margin shows.</summary>
public sealed record MarginForecast
{
    /// <summary>The language of all words.</summary>
    public required Language Language { get; init; }

    /// <summary>The name: symbol and title.</summary>
    public required string Name { get; init; }

    /// <summary>The forecast.</summary>
    public required ForecastReport Report { get; init; }

    /// <summary>The colours.</summary>
    public Theme Theme { get; init; }

    /// <summary>The width in pixels; null for the width of the space around it.</summary>
    public int? Width { get; init; }

    /// <summary>Whether it is a file of its own.</summary>
    public bool IsFile { get; init; } = true;

    /// <summary>The colours.</summary>
    internal Palette Palette => Palette.Of(Theme);
}
