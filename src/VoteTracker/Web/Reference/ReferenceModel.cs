namespace VoteTracker.Web.Reference;

/// <summary>A heading of the contract with its operations, and the schemas that they use.</summary>
public sealed record ReferenceSection
{
    /// <summary>The name of the heading.</summary>
    public required string Name { get; init; }

    /// <summary>The last part of its address.</summary>
    public required string Slug { get; init; }

    /// <summary>Its description as HTML.</summary>
    public required string Description { get; init; }

    /// <summary>Its operations, in the order of the contract.</summary>
    public required IReadOnlyList<ReferenceOperation> Operations { get; init; }

    /// <summary>The schemas of bodies, and all schemas inside of them.</summary>
    public required IReadOnlyList<ReferenceSchema> Schemas { get; init; }
}

/// <summary>An operation: a method at an address.</summary>
public sealed record ReferenceOperation
{
    /// <summary>Its name in the contract, and in the address of its place on the page.</summary>
    public required string Id { get; init; }

    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>The address.</summary>
    public required string Path { get; init; }

    /// <summary>What it does.</summary>
    public required string Summary { get; init; }

    /// <summary>Its description as HTML.</summary>
    public required string Description { get; init; }

    /// <summary>Its parameters.</summary>
    public required IReadOnlyList<ReferenceField> Parameters { get; init; }

    /// <summary>Its body; null if it has none.</summary>
    public required ReferenceBody? Body { get; init; }

    /// <summary>Its responses.</summary>
    public required IReadOnlyList<ReferenceResponse> Responses { get; init; }
}

/// <summary>A parameter, or a field of a schema.</summary>
public sealed record ReferenceField
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Where a parameter is: path, query or header; empty for a field.</summary>
    public required string Place { get; init; }

    /// <summary>Whether a request must have it, or a response always has it.</summary>
    public required bool IsRequired { get; init; }

    /// <summary>Its type.</summary>
    public required ReferenceType Type { get; init; }

    /// <summary>Its description as HTML.</summary>
    public required string Description { get; init; }
}

/// <summary>A type in words, with the schema to which it leads.</summary>
/// <param name="Before">The text before the name, such as `list of `.</param>
/// <param name="Name">The name.</param>
/// <param name="Schema">The name of the schema; null if it is not a schema.</param>
/// <param name="After">The text after the name, such as ` or null`.</param>
public sealed record ReferenceType(string Before, string Name, string? Schema, string After);

/// <summary>A body of a request or a response.</summary>
/// <param name="MediaTypes">The media types.</param>
/// <param name="Type">The type; null if it is not described.</param>
/// <param name="Example">An example; null if there is none.</param>
public sealed record ReferenceBody(IReadOnlyList<string> MediaTypes, ReferenceType? Type, string? Example);

/// <summary>A response.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Description">Its meaning as HTML.</param>
/// <param name="Headers">The names of its headers.</param>
/// <param name="Body">Its body; null if it has none.</param>
public sealed record ReferenceResponse(
    string Status,
    string Description,
    IReadOnlyList<string> Headers,
    ReferenceBody? Body
);

/// <summary>A schema: its fields, or its words.</summary>
public sealed record ReferenceSchema
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>Its description as HTML. That of an enum lists the words.</summary>
    public required string Description { get; init; }

    /// <summary>Its fields.</summary>
    public required IReadOnlyList<ReferenceField> Fields { get; init; }
}
