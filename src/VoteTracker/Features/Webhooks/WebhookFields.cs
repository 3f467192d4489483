using FluentValidation;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Webhooks.Sending;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Webhooks;

/// <summary>The fields of a webhook that a user sets.</summary>
public sealed record WebhookFields
{
    /// <summary>
    /// The address of the receiver: `https://`, without a user name, at most 2,000 characters. A private address is refused.
    /// The setting `WebhookHosts` allows hosts, also with `http://`.
    /// </summary>
    public string? Url { get; init; }

    /// <summary>The events to send, each once.</summary>
    public IReadOnlyList<WebhookEvent?>? Events { get; init; }

    /// <summary>The id of the only resolution whose events are sent; null for all.</summary>
    public string? Resolution { get; init; }

    /// <summary>What is posted; `json` if it is left out.</summary>
    public WebhookFormat? Format { get; init; }

    /// <summary>Whether events are sent; true if it is left out.</summary>
    public bool? Enabled { get; init; }

    /// <summary>The fields as they are in a webhook.</summary>
    internal static WebhookFields FromWebhook(Webhook webhook) =>
        new()
        {
            Url = webhook.Url,
            Events = [.. webhook.Events.Cast<WebhookEvent?>()],
            Resolution = webhook.Resolution,
            Format = webhook.Format,
            Enabled = webhook.Enabled,
        };
}

internal sealed class WebhookFieldsValidator : AbstractValidator<WebhookFields>
{
    private const int MaxUrl = 2_000;

    public WebhookFieldsValidator()
    {
        RuleFor(webhook => webhook.Url)
            .Cascade(CascadeMode.Stop)
            .Required()
            .Text(MaxUrl)
            .Custom(
                (url, context) =>
                {
                    if (url is not null && ReceiverAddress.FindFault(url) is { } fault)
                    {
                        context.AddFailure(fault);
                    }
                }
            );
        RuleFor(webhook => webhook.Events)
            .Cascade(CascadeMode.Stop)
            .Required()
            .Must(events => events is { Count: > 0 } && events.All(word => word is not null))
            .WithMessage($"must be a list of events: {string.Join(", ", EnumWord<WebhookEvent>.All)}")
            .Must(events => events!.Distinct().Count() == events!.Count)
            .WithMessage("must name each event once");
        RuleFor(webhook => webhook.Resolution).Text(64);
    }
}
