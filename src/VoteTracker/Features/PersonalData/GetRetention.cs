using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Security;

namespace VoteTracker.Features.PersonalData;

/// <summary>Shows what the retention period erases, and what it erased last.</summary>
internal sealed class GetRetention(Db db, Settings settings, TimeProvider clock)
    : EndpointWithoutRequest<Ok<RetentionReport>>
{
    private const int DaysAhead = 30;

    public override void Configure()
    {
        Get("/v1/retention");
        Description(route =>
            route
                .Requires(Right.SeePersonalData)
                .Described(
                    "Contacts",
                    "Shows the retention period of contacts",
                    "The contacts that will be erased within 30 days, because they were not used for the days of the setting `ContactDays`, and the last run. To keep a contact, change it or record an engagement with it. Coordinators and up."
                )
        );
    }

    public override async Task<Ok<RetentionReport>> ExecuteAsync(CancellationToken ct)
    {
        var days = settings.ContactDays;
        var now = clock.GetUtcNow();
        var (run, due) = await db.Read(async connection =>
            (
                await Retention.FindLastRun(connection),
                days == 0 ? [] : await Retention.List(connection, now.AddDays(DaysAhead - days))
            )
        );
        return TypedResults.Ok(
            new RetentionReport
            {
                ContactDays = days,
                LastRun = run,
                Due =
                [
                    .. due.Select(contact => new DueContact
                    {
                        Contact = contact.Id,
                        MemberState = contact.MemberState,
                        LastUsedAt = contact.LastUsedAt,
                        ErasedFrom = contact.LastUsedAt.AddDays(days),
                    }),
                ],
            }
        );
    }
}

/// <summary>The retention period of contacts.</summary>
public sealed record RetentionReport
{
    /// <summary>The days without use after which a contact is erased; 0 if none is.</summary>
    public required int ContactDays { get; init; }

    /// <summary>The last run; null if there was none.</summary>
    public required RetentionRun? LastRun { get; init; }

    /// <summary>The contacts that will be erased within 30 days if they are not used, the first one first.</summary>
    public required IReadOnlyList<DueContact> Due { get; init; }
}

/// <summary>A contact that will be erased. It shows nothing about the person.</summary>
public sealed record DueContact
{
    /// <summary>Its id.</summary>
    public required string Contact { get; init; }

    /// <summary>The code of the state that it works for.</summary>
    public required string MemberState { get; init; }

    /// <summary>The moment of its last use: a change of it, of an engagement or task with it, or of a stance that names it; UTC.</summary>
    public required DateTimeOffset LastUsedAt { get; init; }

    /// <summary>The moment from which it is erased; UTC.</summary>
    public required DateTimeOffset ErasedFrom { get; init; }
}
