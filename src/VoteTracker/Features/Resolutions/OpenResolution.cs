using Dapper;
using FastEndpoints;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Changes;
using VoteTracker.Features.Sessions;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Resolutions;

/// <summary>Opens a resolution, empty or with the stances of an earlier roll call.</summary>
internal sealed class OpenResolution(Db db, ReferenceData facts)
    : Endpoint<OpenResolutionRequest, Results<Created<Resolution>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Post("/v1/resolutions");
        Description(route =>
            route
                .Needs(Role.Coordinator)
                .Repeatable()
                .Described(
                    "Resolutions",
                    "Opens a resolution",
                    "A text to be put to the vote. With `baseline`, the id of one with a roll call, the stances of all who are members now begin as they voted then: `leaning`, evidence `past-vote`; who was non-voting stays unknown. All of it in one transaction."
                )
                .Writes()
                .AnswersETag()
                .Fails(StatusCodes.Status409Conflict, "The id is taken, or the text would be its own parent.")
        );
    }

    public override async Task<Results<Created<Resolution>, ProblemHttpResult>> ExecuteAsync(
        OpenResolutionRequest request,
        CancellationToken ct
    )
    {
        var caller = Caller.FromContext(HttpContext);
        if ((request.Id ?? ResolutionId.OfSymbol(request.Symbol!)) is not { } id)
        {
            return Problems.Invalid(
                "id",
                "is required: the symbol makes none of 1 to 64 characters of a-z, 0-9 and hyphens"
            );
        }
        var once = db.Once(HttpContext);
        return await once.Write<Results<Created<Resolution>, ProblemHttpResult>>(async write =>
        {
            if (await Resolution.Find(write.Connection, id) is not null)
            {
                return Problems.Conflict(
                    "duplicate-id",
                    "The id is taken",
                    $"There is a resolution '{id}' already; give another id."
                );
            }
            if (request.Parent == id)
            {
                return ResolutionFields.ParentLoop(id);
            }
            var (session, noSession) = await SessionOf(write, request);
            var text = request.WithDefaults<OpenResolutionRequest>(session);
            var errors = session is null
                ? new Dictionary<string, string[]>(StringComparer.Ordinal) { ["session"] = [noSession] }
                : await text.Check(write.Connection, session);
            var baseline = request.Baseline is null ? null : await Resolution.Find(write.Connection, request.Baseline);
            if (request.Baseline is not null && baseline is not { Basis: Basis.RecordedVotes })
            {
                errors["baseline"] =
                [
                    $"must be the id of a resolution with a roll call, such as es-10-27; found {SafeText.Quote(request.Baseline)}",
                ];
            }
            if (errors.Count > 0)
            {
                return Problems.Invalid(errors);
            }
            await Session.Insert(write.Connection, session!);
            var version = await Insert(write, caller, id, text with { Session = session!.Id });
            if (baseline is not null)
            {
                var members = facts.Roster.MembersOn(NewYork.DayOf(write.Now));
                await BeginFrom(write, caller, id, version, baseline.Id, members);
            }
            var opened = (await Resolution.Find(write.Connection, id))!;
            ETags.Set(HttpContext, ETags.FromVersion(opened.Version));
            return TypedResults.Created($"/v1/resolutions/{id}", opened);
        });
    }

    // The session that is named, else that of the symbol; what is wrong if there is none.
    private static async Task<(Session? Session, string Problem)> SessionOf(Write write, OpenResolutionRequest request)
    {
        if ((request.Session ?? SessionName.OfSymbol(request.Symbol!)?.Id) is not { } id)
        {
            return (
                null,
                "is required: the symbol does not name a session, as A/81/L.5 and A/ES-10/L.34 do; they are listed at /v1/sessions?all=true"
            );
        }
        return await Session.Find(write.Connection, id, write.Now) is { } session
            ? (session, "")
            : (null, await Session.NoSession(write.Connection, id));
    }

    private static async Task<long> Insert(Write write, Caller caller, string id, OpenResolutionRequest request)
    {
        var version = await Incarnation.FindFirstVersion(write.Connection);
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO resolution (
                id, symbol, title, session, kind, parent, rule, status, vote_on, vote_order, visibility, baseline, origin,
                version, created_at, listed_at, changed_at, changed_by
            )
            VALUES (
                @id, @Symbol, @Title, @Session, @kind, @Parent, @rule, @status, @VoteOn, @Order, @visibility, @Baseline, 'user',
                @version, @Now, @Now, @Now, @Label
            )
            """,
            new
            {
                id,
                version,
                request.Symbol,
                request.Title,
                request.Session,
                kind = EnumWord<ResolutionKind>.ToWord(request.Kind),
                request.Parent,
                rule = EnumWord<MajorityRule>.ToWord(request.Rule),
                status = EnumWord<ResolutionStatus>.ToWord(request.Status),
                request.VoteOn,
                request.Order,
                visibility = EnumWord<Visibility>.ToWord(request.Visibility),
                request.Baseline,
                write.Now,
                caller.Label,
            }
        );
        await Change.Append(write, caller, ChangeKind.Resolution, id, version, write.Now);
        await Change.KeepFields(write, id);
        return version;
    }

    // One statement a table, whatever the number of members: the draft and its stances are one change, the first version.
    private static async Task BeginFrom(
        Write write,
        Caller caller,
        string id,
        long version,
        string baseline,
        IReadOnlyList<string> members
    )
    {
        var row = new
        {
            id,
            version,
            baseline,
            members,
            reason = $"baseline {baseline}",
            write.Now,
            by = caller.Label,
            byKey = caller.KeyId,
        };
        const string voted = """
            FROM roll_call_vote v
            JOIN resolution b ON b.id = v.resolution
            WHERE v.resolution = @baseline
                AND v.version = (
                    SELECT MAX(version) FROM roll_call WHERE resolution = @baseline AND removed_at IS NULL
                )
                AND v.vote <> 'non-voting'
                AND v.member_state IN @members
            ORDER BY v.member_state
            """;
        await write.Connection.ExecuteAsync(
            $"""
            INSERT INTO stance (
                resolution, member_state, position, certainty, evidence, evidence_url, version, changed_at, changed_by
            )
            SELECT @id, v.member_state, v.vote, 'leaning', 'past-vote', b.record_url, @version, @Now, @by
            {voted}
            """,
            row
        );
        await write.Connection.ExecuteAsync(
            $"""
            INSERT INTO stance_change (
                resolution, member_state, version, position, certainty, evidence, evidence_url, reason, changed_at, changed_by
            )
            SELECT @id, v.member_state, @version, v.vote, 'leaning', 'past-vote', b.record_url, @reason, @Now, @by
            {voted}
            """,
            row
        );
        await write.Connection.ExecuteAsync(
            $"""
            INSERT INTO change (at, by, by_key, kind, resolution, member_state, version)
            SELECT @Now, @by, @byKey, 'stance', @id, v.member_state, @version
            {voted}
            """,
            row
        );
    }
}

/// <summary>A resolution to be opened.</summary>
public sealed record OpenResolutionRequest : ResolutionFields
{
    /// <summary>Its key, 1 to 64 of a-z, 0-9 and inner hyphens; made from the symbol where it is left out.</summary>
    public string? Id { get; init; }

    /// <summary>The session's id, such as `es-10` or `81`; by default the one that the symbol names.</summary>
    public string? Session { get; init; }

    /// <summary>The id of a resolution with a roll call, from which the stances begin.</summary>
    public string? Baseline { get; init; }
}

internal sealed class OpenResolutionValidator : AbstractValidator<OpenResolutionRequest>
{
    public OpenResolutionValidator()
    {
        Include(new ResolutionFieldsValidator());
        RuleFor(r => r.Symbol).Required();
        RuleFor(r => r.Id)
            .Must(id => id is null || ResolutionId.Shape().IsMatch(id))
            .WithMessage("must be 1 to 64 of a-z, 0-9 and inner hyphens");
        RuleFor(r => r.Session).Text(64);
        RuleFor(r => r.Baseline).Text(64);
        RuleFor(r => r.Status)
            .Must(status => status is not ResolutionStatus.Adopted and not ResolutionStatus.NotAdopted)
            .WithMessage("must not be adopted or not-adopted before a roll call is recorded, which sets it");
    }
}
