using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Contacts;

/// <summary>Reads and writes engagements.</summary>
internal static class EngagementStore
{
    private const string Columns =
        "id, contact, kind, on_day, summary, outcome, next_step, due_on, changed_by, changed_at";

    /// <summary>Lists a page of the engagements with a contact, in the order in which they were logged.</summary>
    public static async Task<IEnumerable<Engagement>> List(
        DbConnection connection,
        string contact,
        long after,
        int limit
    ) =>
        (
            await connection.QueryAsync<EngagementRow>(
                $"""
                SELECT {Columns}
                FROM engagement
                WHERE contact = @contact AND id > @after
                ORDER BY id
                LIMIT @limit
                """,
                new
                {
                    contact,
                    after,
                    limit,
                }
            )
        ).Select(row => row.Engagement);

    /// <summary>Inserts an engagement with a contact.</summary>
    public static async Task<Engagement> Insert(
        Write write,
        string contact,
        LogEngagementRequest request,
        string changedBy
    ) =>
        (
            await write.Connection.QuerySingleAsync<EngagementRow>(
                $"""
                INSERT INTO engagement (contact, kind, on_day, summary, outcome, next_step, due_on, changed_at, changed_by)
                VALUES (@contact, @kind, @On, @Summary, @Outcome, @NextStep, @DueOn, @Now, @changedBy)
                RETURNING {Columns}
                """,
                new
                {
                    contact,
                    kind = EnumWord<EngagementKind>.ToWord(request.Kind),
                    request.On,
                    request.Summary,
                    request.Outcome,
                    request.NextStep,
                    request.DueOn,
                    write.Now,
                    changedBy,
                }
            )
        ).Engagement;

    private sealed record EngagementRow
    {
        public long Id { get; init; }
        public string Contact { get; init; } = "";
        public string Kind { get; init; } = "";
        public DateOnly OnDay { get; init; }
        public string Summary { get; init; } = "";
        public string? Outcome { get; init; }
        public string? NextStep { get; init; }
        public DateOnly? DueOn { get; init; }
        public string ChangedBy { get; init; } = "";
        public DateTimeOffset ChangedAt { get; init; }

        public Engagement Engagement =>
            new()
            {
                Id = Id,
                Contact = Contact,
                Kind = EnumWord<EngagementKind>.Parse(Kind),
                On = OnDay,
                Summary = Summary,
                Outcome = Outcome,
                NextStep = NextStep,
                DueOn = DueOn,
                ChangedBy = ChangedBy,
                ChangedAt = ChangedAt,
            };
    }
}
