using System.Globalization;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Endpoints.Binding;

/// <summary>
/// A query parameter. Its endpoint declares it once: the contract describes the declaration, and the handler reads the
/// parameter with it.
/// </summary>
/// <param name="Name">The name in the query string.</param>
/// <param name="Description">What it selects, for the contract.</param>
/// <param name="Type">The type of its values, for the schema in the contract.</param>
/// <param name="Example">A value, for the contract.</param>
internal abstract record QueryParameter(string Name, string Description, Type Type, string? Example)
{
    /// <summary>The words that it accepts, if these are not all words of <see cref="Type"/>; otherwise null.</summary>
    public virtual IReadOnlyList<string>? SomeWords => null;
}

/// <summary>A text.</summary>
internal sealed record TextParameter(string Name, string Description, string? Example = null)
    : QueryParameter(Name, Description, typeof(string), Example);

/// <summary>One of an enum's words.</summary>
/// <typeparam name="TEnum">The enum.</typeparam>
internal sealed record WordParameter<TEnum>(string Name, string Description)
    : QueryParameter(Name, Description, typeof(TEnum), null)
    where TEnum : struct, Enum
{
    /// <summary>The values that this parameter accepts; empty if it accepts every word of the enum.</summary>
    public IReadOnlyList<TEnum> Only { get; init; } = [];

    /// <summary>Whether the parameter accepts a value of the enum.</summary>
    public bool Accepts(TEnum value) => Only.Count == 0 || Only.Contains(value);

    /// <inheritdoc/>
    public override IReadOnlyList<string>? SomeWords =>
        Only.Count == 0 ? null : [.. Only.Select(EnumWord<TEnum>.ToWord)];
}

/// <summary>A day, such as 2026-11-21.</summary>
internal sealed record DayParameter(string Name, string Description, string Example)
    : QueryParameter(Name, Description, typeof(DateOnly), Example);

/// <summary>
/// The first day of a list by days, as <see cref="PastMoment"/> parses it: also a moment, or a length of time back from now,
/// which mean their days in New York.
/// </summary>
internal sealed record FirstDayParameter(string Name, string Description, string Example)
    : QueryParameter(Name, $"{Description} {PastMoment.FormsOfDay}", typeof(string), Example);

/// <summary>A moment that has passed, in ISO 8601 with its offset.</summary>
internal sealed record PastMomentParameter(string Name, string Description, string Example)
    : QueryParameter(Name, Description, typeof(DateTimeOffset), Example)
{
    /// <summary>How far the clock of a client may be ahead. A moment up to this time in the future means now.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(60);

    /// <summary>Whether the moment is an upper bound: then every moment in the future means now.</summary>
    public bool IsUpperBound { get; init; }
}

/// <summary>
/// A moment that has passed, as <see cref="PastMoment"/> parses it: also a day, or a length of time back from now.
/// </summary>
/// <remarks>
/// A parameter that a release had with the format `date-time` keeps it in the contract, so that generated clients keep its
/// type: `Type = typeof(DateTimeOffset)`.
/// </remarks>
internal sealed record SinceParameter(string Name, string Description, string Example)
    : QueryParameter(Name, $"{Description} {PastMoment.Forms}", typeof(string), Example);

/// <summary>A length of time, such as P1D or 6h.</summary>
internal sealed record StepParameter(string Name, string Description, string Example)
    : QueryParameter(Name, Description, typeof(string), Example);

/// <summary>A whole number from a minimum to a maximum, both included; the default if it is missing.</summary>
internal sealed record NumberParameter(string Name, string Description, int Minimum, int Maximum, int Default)
    : QueryParameter(Name, Description, typeof(int), Default.ToString(CultureInfo.InvariantCulture));

/// <summary>A number from 0 to 1.</summary>
internal sealed record ShareParameter(string Name, string Description, string Example)
    : QueryParameter(Name, Description, typeof(double), Example);

/// <summary>`true` or `false`; the default if it is missing.</summary>
internal sealed record FlagParameter(string Name, string Description, bool Default = false)
    : QueryParameter(Name, Description, typeof(bool), Default ? "false" : "true");
