using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Webhooks;

/// <summary>The problems of endpoints for webhooks.</summary>
internal static class WebhookProblems
{
    /// <summary>The description of the 404 in the contract.</summary>
    public const string NotFoundDescription = "There is no such webhook.";

    /// <summary>The description of the 404 of a delivery in the contract.</summary>
    public const string NoDeliveryDescription = "There is no such webhook, or it has no such delivery.";

    /// <summary>The description in the contract of the 409 of a webhook that is disabled.</summary>
    public const string DisabledDescription = "The webhook is disabled.";

    /// <summary>404: there is no such webhook.</summary>
    public static ProblemHttpResult NotFound() => Problems.NotFound(NotFoundDescription);

    /// <summary>404: the webhook has no such delivery.</summary>
    public static ProblemHttpResult NoDelivery() => Problems.NotFound("The webhook has no delivery with this id.");

    /// <summary>409: nothing is sent, because the webhook is disabled.</summary>
    public static ProblemHttpResult Disabled(Webhook webhook) =>
        PreparationConflictTypes.WebhookDisabled.Create(
            webhook.DisabledAt,
            EnumWord<WebhookDisabledReason>.ToWord(webhook.DisabledReason)
        );
}
