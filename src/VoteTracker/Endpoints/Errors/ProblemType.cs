using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace VoteTracker.Endpoints.Errors;

/// <summary>
/// A type of problem (RFC 9457): the name in its address, its status and title, and a format string for its detail.
/// </summary>
/// <param name="Slug">The last part of the address, which never changes.</param>
/// <param name="Status">The status code; 0 if the framework chooses it.</param>
/// <param name="Title">The title.</param>
/// <param name="Detail">The format of the detail: what is wrong and how to fix it, without anything private.</param>
/// <param name="Example">The values of the detail in the contract's example.</param>
internal sealed record ProblemType(
    string Slug,
    int Status,
    string Title,
    string Detail,
    params IReadOnlyList<string> Example
)
{
    /// <summary>The address of the type, relative to the service.</summary>
    public string Uri => $"/problems/{Slug}";

    /// <summary>The detail in the contract's example.</summary>
    public string ExampleDetail => Format([.. Example]);

    /// <summary>A problem of this type, with the values of its detail.</summary>
    public ProblemHttpResult Create(params object?[] values) => TypedResults.Problem(ToDetails(Status, Title, values));

    /// <summary>The same with a status that the framework chose, and with its title if the type has none.</summary>
    public ProblemHttpResult CreateWithStatus(int status, string title, params object?[] values) =>
        TypedResults.Problem(ToDetails(status, title, values));

    /// <summary>The same with one more member.</summary>
    public ProblemHttpResult CreateWith(string member, object? value, params object?[] values)
    {
        var details = ToDetails(Status, Title, values);
        details.Extensions[member] = value;
        return TypedResults.Problem(details);
    }

    /// <summary>A 400 with the faults of each field.</summary>
    public ProblemHttpResult CreateWithErrors(IDictionary<string, string[]> errors) =>
        TypedResults.Problem(
            new HttpValidationProblemDetails(errors)
            {
                Type = Uri,
                Title = Title,
                Detail = Format([string.Join("; ", errors.Select(e => DescribeFaults(e.Key, e.Value)))]),
                Status = Status,
            }
        );

    // The faults of lines begin with their line.
    private static string DescribeFaults(string field, string[] faults) =>
        (field == "lines" ? "" : $"{field} ") + string.Join(", ", faults);

    private ProblemDetails ToDetails(int status, string title, object?[] values) =>
        new()
        {
            Type = Uri,
            Title = title,
            Detail = Format(values),
            Status = status,
        };

    private string Format(object?[] values) => string.Format(CultureInfo.InvariantCulture, Detail, values);
}
