using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Database.Encryption;
using VoteTracker.Features.Engagements;
using VoteTracker.Features.Tasks;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Contacts;

/// <summary>
/// The engagements with one contact, as its routes show them. They are the same rows as at `/v1/engagements`; the next step
/// is the first task of the engagement.
/// </summary>
internal static class ContactEngagements
{
    /// <summary>Lists a page of the engagements that a caller can see, in the order in which they were recorded.</summary>
    public static async Task<IReadOnlyList<Engagement>> List(
        DbConnection connection,
        string contact,
        Caller caller,
        long after,
        int limit
    )
    {
        var texts = PersonalTexts.Of(connection);
        var rows = await connection.QueryAsync<EngagementRow>(
            $"""
            SELECT
                e.id, c.contact, e.kind, e.on_day, e.summary, e.outcome, t.what AS next_step, e.due_on,
                t.due_on AS task_due_on, e.created_by, e.created_at
            FROM engagement_contact c
            JOIN engagement e ON e.id = c.engagement
            LEFT JOIN task t ON t.id = (SELECT MIN(id) FROM task WHERE engagement = e.id)
            WHERE c.contact = @contact AND c.engagement > @after
                AND {StateEngagement.VisibleTo(caller, "e.confidential", "e.created_by")}
            ORDER BY c.engagement
            LIMIT @limit
            """,
            new
            {
                contact,
                after,
                limit,
                caller.Label,
            }
        );
        return [.. rows.Select(row => row.ToEngagement(texts))];
    }

    /// <summary>Inserts an engagement with a contact, and a task for its next step.</summary>
    public static async Task<Engagement> Insert(
        Write write,
        Caller caller,
        Contact contact,
        LogEngagementRequest request
    )
    {
        var content = new EngagementFields
        {
            MemberState = contact.MemberState,
            Contacts = [contact.Id],
            Kind = request.Kind,
            On = request.On,
            Summary = request.Summary,
            Outcome = request.Outcome,
        }.ToContent();
        var engagement = await EngagementStore.Insert(
            write,
            caller,
            content,
            request.NextStep is null ? request.DueOn : null
        );
        if (request.NextStep is { } next)
        {
            await TaskStore.Insert(
                write,
                caller,
                TaskContent.OfEngagement(engagement, next, assignee: null, request.DueOn)
            );
        }
        return new Engagement
        {
            Id = engagement.Id,
            Contact = contact.Id,
            Kind = engagement.Kind,
            On = engagement.On,
            Summary = engagement.Summary,
            Outcome = engagement.Outcome,
            NextStep = request.NextStep,
            DueOn = request.DueOn,
            ChangedBy = engagement.CreatedBy,
            ChangedAt = engagement.CreatedAt,
        };
    }

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
        public DateOnly? TaskDueOn { get; init; }
        public string CreatedBy { get; init; } = "";
        public DateTimeOffset CreatedAt { get; init; }

        public Engagement ToEngagement(PersonalTexts texts) =>
            new()
            {
                Id = Id,
                Contact = Contact,
                Kind = EnumWord<EngagementKind>.Parse(Kind),
                On = OnDay,
                Summary = texts.Decrypt(Summary),
                Outcome = texts.Decrypt(Outcome),
                NextStep = texts.Decrypt(NextStep),
                DueOn = TaskDueOn ?? DueOn,
                ChangedBy = CreatedBy,
                ChangedAt = CreatedAt,
            };
    }
}
