using System.Text.Json.Serialization;
using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.RollCalls;

/// <summary>Shows a resolution as others' tools read it.</summary>
internal sealed class GetPopoloMotion(Db db, ReferenceData facts) : EndpointWithoutRequest<IResult>
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/popolo");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Resolutions",
                    "Shows a resolution as a Popolo Motion",
                    "For tools that read Popolo (https://www.popoloproject.com/): a text put to the vote is what it calls a motion, and its recorded vote is in it as a VoteEvent."
                )
                .Produces<PopoloMotion>()
                .ReadsConditionally()
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task<IResult> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var caller = Caller.FromContext(HttpContext);
        var (resolution, rollCall) = await db.Read(async connection =>
            (await RouteResolution.Load(connection, id, caller), await RollCall.Find(connection, facts, id))
        );
        return ETags.Answer(
            HttpContext,
            PopoloMotion.Create(resolution, rollCall),
            ETags.FromVersion(resolution.Version)
        );
    }
}

/// <summary>A resolution as Popolo's Motion (https://www.popoloproject.com/specs/motion.html).</summary>
public sealed record PopoloMotion
{
    /// <summary>The resolution's id.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>The body in which it is proposed.</summary>
    [JsonPropertyName("organization")]
    public required PopoloOrganization Organization { get; init; }

    /// <summary>The session's id.</summary>
    [JsonPropertyName("legislative_session_id")]
    public required string LegislativeSessionId { get; init; }

    /// <summary>Its title: the text itself is in the document.</summary>
    [JsonPropertyName("text")]
    public required string Text { get; init; }

    /// <summary>The whole, an amendment, a part of it, or a motion in the Assembly's own sense.</summary>
    [JsonPropertyName("classification")]
    public required ResolutionKind Classification { get; init; }

    /// <summary>The majority it needs; null where the record does not tell.</summary>
    [JsonPropertyName("requirement")]
    public required MajorityRule? Requirement { get; init; }

    /// <summary>What came of it; null while nothing is decided, and of what was withdrawn.</summary>
    [JsonPropertyName("result")]
    public required PopoloResult? Result { get; init; }

    /// <summary>Its recorded vote, where there was one.</summary>
    [JsonPropertyName("vote_events")]
    public required IReadOnlyList<PopoloVoteEvent> VoteEvents { get; init; }

    /// <summary>Where the Assembly's record of it is.</summary>
    [JsonPropertyName("sources")]
    public required IReadOnlyList<PopoloLink> Sources { get; init; }

    internal static PopoloMotion Create(Resolution resolution, RollCall? rollCall) =>
        new()
        {
            Id = resolution.Id,
            Organization = PopoloOrganization.Assembly,
            LegislativeSessionId = resolution.Session,
            Text = resolution.Title,
            Classification = resolution.Kind,
            Requirement = resolution.Rule == MajorityRule.NotRecorded ? null : resolution.Rule,
            Result = PopoloVoteEvent.ResultOf(resolution.Status),
            VoteEvents = rollCall is null ? [] : [PopoloVoteEvent.Create(rollCall, resolution)],
            Sources = PopoloLink.To(resolution),
        };
}
