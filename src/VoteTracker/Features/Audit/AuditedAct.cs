using VoteTracker.Database.Audit;
using VoteTracker.Security.Audit;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Audit;

/// <summary>An entry of the audit.</summary>
public sealed record AuditedAct
{
    /// <summary>The number of the entry. The numbers have no gap.</summary>
    public required long Seq { get; init; }

    /// <summary>When it was committed.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The kind of the entry.</summary>
    public required AuditAction Action { get; init; }

    /// <summary>
    /// The id of the key. Without one: `settings` for the admin key of the settings, `anonymous`, `service`, the name of a
    /// command such as `command key add`, or the label of a person who signed in. Null if it was erased.
    /// </summary>
    public string? Author { get; init; }

    /// <summary>The current label of that key. It is not part of the entry.</summary>
    public string? Label { get; init; }

    /// <summary>The method and the route, such as `PUT /v1/resolutions/{id}/stances/{iso3}`, or what the service did.</summary>
    public required string Operation { get; init; }

    /// <summary>
    /// The ids in the address, and of what was created, as in a query string: `id=es-10-27&amp;iso3=NOR`. Null if there are
    /// none, or if they were erased.
    /// </summary>
    public string? Target { get; init; }

    /// <summary>
    /// The address of the client, as the trusted proxies report it. Refused keys of IPv6 have the network of 64 bits. Null
    /// if there was no client, or if it was erased.
    /// </summary>
    public string? Address { get; init; }

    /// <summary>The number of requests; more than 1 for refused keys and rights. Of a retention or an erasure, the number of entries.</summary>
    public required long Count { get; init; }

    /// <summary>The texts that were erased: `author`, `target`, `address`.</summary>
    public required IReadOnlyList<string> Erased { get; init; }

    /// <summary>The hash of this entry and the one before: SHA-256 as 64 hexadecimal digits.</summary>
    public required string Hash { get; init; }

    internal static AuditedAct FromRow(LabelledRow labelled)
    {
        var row = labelled.Entry;
        List<string> erased = [];
        foreach (
            var (name, text) in (ReadOnlySpan<(string, AuditText)>)
                [("author", row.AuthorText), ("target", row.TargetText), ("address", row.AddressText)]
        )
        {
            if (text.IsErased)
            {
                erased.Add(name);
            }
        }
        return new AuditedAct
        {
            Seq = row.Seq,
            At = row.At,
            Action = EnumWord<AuditAction>.Parse(row.Action),
            Author = row.Author,
            Label = labelled.Label,
            Operation = row.Operation,
            Target = row.Target,
            Address = row.Address,
            Count = row.Count,
            Erased = erased,
            Hash = row.Hash,
        };
    }
}

/// <summary>An entry, and the label of its key.</summary>
internal sealed record LabelledRow
{
    public required AuditRow Entry { get; init; }

    public string? Label { get; init; }
}
