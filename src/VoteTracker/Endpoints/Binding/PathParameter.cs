using System.Text.RegularExpressions;

namespace VoteTracker.Endpoints.Binding;

/// <summary>
/// A parameter in the path of an endpoint, such as `{id}`. It is declared once: the contract describes the declaration,
/// and the handler reads the parameter with it.
/// </summary>
/// <param name="Name">The name in the route.</param>
/// <param name="Description">What it identifies, for the contract.</param>
/// <param name="Example">A value, for the contract.</param>
internal sealed record PathParameter(string Name, string Description, string Example)
{
    /// <summary>The segment before it, if a name has several meanings: `sessions` in `/v1/sessions/{id}`.</summary>
    public string? After { get; init; }

    /// <summary>The form of its values; null if it is one of <see cref="Words"/>.</summary>
    public Regex? Form { get; init; }

    /// <summary>Whether it is the code of a state, which can be written in any case.</summary>
    public bool IsStateCode { get; init; }

    /// <summary>Whether its values are ids that everybody may see, so not secrets, and not names that a person chose.</summary>
    public bool IsPublicId { get; init; } = true;

    /// <summary>The words that it accepts.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Whether a text has the form of its values.</summary>
    public bool Matches(string text) => Form?.IsMatch(text) ?? Words.Contains(text, StringComparer.Ordinal);
}
