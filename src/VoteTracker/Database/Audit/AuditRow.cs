namespace VoteTracker.Database.Audit;

/// <summary>An entry as a link of the chain: a row of the table `audit_entry`.</summary>
internal sealed record AuditRow
{
    /// <summary>The columns of the table, in the order of the properties.</summary>
    public const string Columns = """
        seq, at, action, operation, author, author_salt, author_digest, target, target_salt, target_digest, address,
        address_salt, address_digest, count, hash
        """;

    /// <summary>The number of the entry. The numbers have no gap.</summary>
    public long Seq { get; init; }
    public DateTimeOffset At { get; init; }
    public string Action { get; init; } = "";
    public string Operation { get; init; } = "";
    public string? Author { get; init; }
    public string? AuthorSalt { get; init; }
    public string? AuthorDigest { get; init; }
    public string? Target { get; init; }
    public string? TargetSalt { get; init; }
    public string? TargetDigest { get; init; }
    public string? Address { get; init; }
    public string? AddressSalt { get; init; }
    public string? AddressDigest { get; init; }
    public long Count { get; init; }
    public string Hash { get; init; } = "";

    public AuditText AuthorText => new(Author, AuthorSalt, AuthorDigest);

    public AuditText TargetText => new(Target, TargetSalt, TargetDigest);

    public AuditText AddressText => new(Address, AddressSalt, AddressDigest);

    /// <summary>Links an entry to the end of the chain.</summary>
    public static AuditRow Link(AuditHead head, AuditEntry entry)
    {
        var (author, target, address) = (
            AuditText.Create(entry.Author),
            AuditText.Create(entry.Target),
            AuditText.Create(entry.Address)
        );
        var row = new AuditRow
        {
            Seq = head.Seq + 1,
            At = entry.At,
            Action = entry.Action,
            Operation = entry.Operation,
            Author = author.Text,
            AuthorSalt = author.Salt,
            Target = target.Text,
            TargetSalt = target.Salt,
            Address = address.Text,
            AddressSalt = address.Salt,
            Count = entry.Count,
        };
        return row with
        {
            Hash =
                AuditHash.Compute(head.Hash, row)
                ?? throw new InvalidOperationException("The head of the audit is not a hash."),
        };
    }

    /// <summary>Links entries to the end of the chain.</summary>
    public static IReadOnlyList<AuditRow> Link(AuditHead head, IReadOnlyList<AuditEntry> entries)
    {
        var rows = new AuditRow[entries.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = Link(head, entries[i]);
            head = new AuditHead(rows[i].Seq, rows[i].Hash);
        }
        return rows;
    }
}

/// <summary>The end of the chain: the number and the hash of the last entry.</summary>
internal readonly record struct AuditHead(long Seq, string Hash)
{
    /// <summary>The end of an empty chain.</summary>
    public static AuditHead OfNewDatabase => new(0, AuditHash.Zero);
}
