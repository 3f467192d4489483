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

/// <summary>Shows a resolution as a Popolo Motion.</summary>
internal sealed class GetPopoloMotion(Db db, ReferenceData referenceData) : EndpointWithoutRequest<IResult>
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
                    "For tools that read Popolo (https://www.popoloproject.com/), which calls a resolution a motion. The recorded vote is in it as a VoteEvent."
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
            (await RouteResolution.Load(connection, id, caller), await RollCall.Find(connection, referenceData, id))
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

    /// <summary>The title. The full resolution is in the document.</summary>
    [JsonPropertyName("text")]
    public required string Text { get; init; }

    /// <summary>A draft, an amendment, a paragraph, or a motion in the Assembly's own sense.</summary>
    [JsonPropertyName("classification")]
    public required ResolutionKind Classification { get; init; }

    /// <summary>The majority that it needs; null if the record does not say.</summary>
    [JsonPropertyName("requirement")]
    public required MajorityRule? Requirement { get; init; }

    /// <summary>The result; null before the decision, and if it was withdrawn.</summary>
    [JsonPropertyName("result")]
    public required PopoloResult? Result { get; init; }

    /// <summary>The recorded vote, if there was one.</summary>
    [JsonPropertyName("vote_events")]
    public required IReadOnlyList<PopoloVoteEvent> VoteEvents { get; init; }

    /// <summary>The addresses of the Assembly's record.</summary>
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
