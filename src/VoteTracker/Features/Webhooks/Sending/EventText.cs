using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Localization;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Webhooks.Sending;

/// <summary>
/// Writes events as JSON and as a sentence. They have ids, and the words that a reader without a key sees. The receiver
/// reads everything else with a key of its own.
/// </summary>
internal sealed class EventText(Settings settings)
{
    /// <summary>The type of a test.</summary>
    public const string TestType = "webhook.test";

    private readonly string _address = PublicAddress.Parse(settings.PublicUrl) ?? "";

    /// <summary>A test of a webhook.</summary>
    public static OutgoingEvent Test(string webhook, DateTimeOffset at) =>
        new()
        {
            Type = TestType,
            Resolution = null,
            At = at,
            Message = Message(TestType, at, new JsonObject { ["webhook"] = webhook }, "This is a test of VoteTracker."),
        };

    /// <summary>A stance was recorded, changed or deleted.</summary>
    public OutgoingEvent StanceChanged(ChangeRow change)
    {
        var (id, state) = (change.Resolution!, change.MemberState!);
        var position = change.PublicPosition;
        return OfChange(
            WebhookEvent.StanceChanged,
            change,
            new JsonObject { ["memberState"] = state, ["position"] = position },
            $"the stance of {Name(state)} changed{(position is null ? "" : $" to {position}")}",
            $"/v1/resolutions/{id}/stances/{state}"
        );
    }

    /// <summary>A state has signed as a co-sponsor.</summary>
    public OutgoingEvent CoSponsorSigned(ChangeRow change) =>
        OfChange(
            WebhookEvent.CoSponsorSigned,
            change,
            new JsonObject { ["memberState"] = change.MemberState },
            $"{Name(change.MemberState!)} has signed as a co-sponsor",
            $"/v1/resolutions/{change.Resolution}/co-sponsors/{change.MemberState}"
        );

    /// <summary>A comment mentions a team member. The labels of the members are not part of it.</summary>
    public OutgoingEvent MentionCreated(ChangeRow change, long comment) =>
        OfChange(
            WebhookEvent.MentionCreated,
            change,
            new JsonObject { ["memberState"] = change.MemberState, ["comment"] = comment },
            $"a comment on the stance of {Name(change.MemberState!)} mentions a team member",
            $"/v1/resolutions/{change.Resolution}/stances/{change.MemberState}/comments"
        );

    /// <summary>The majority is reached, or is no longer reached.</summary>
    public OutgoingEvent ThresholdCrossed(ChangeRow change, Standings after, Crossing crossing)
    {
        var isPublic = after.Visibility != Visibility.Private;
        return OfChange(
            WebhookEvent.ThresholdCrossed,
            change,
            new JsonObject { ["crossing"] = isPublic ? EnumWord<Crossing>.ToWord(crossing) : null },
            !isPublic ? "the count has crossed the majority that is needed"
                : crossing == Crossing.Reached ? "the majority is reached"
                : "the majority is no longer reached",
            $"/v1/resolutions/{change.Resolution}/tally"
        );
    }

    /// <summary>The outlook is another one.</summary>
    public OutgoingEvent OutlookChanged(ChangeRow change, Standings after, Outlook outlook)
    {
        var word = after.Visibility == Visibility.Private ? null : EnumWord<Outlook>.ToWord(outlook);
        return OfChange(
            WebhookEvent.OutlookChanged,
            change,
            new JsonObject { ["outlook"] = word },
            $"the outlook changed{(word is null ? "" : $" to {word}")}",
            $"/v1/resolutions/{change.Resolution}/tally"
        );
    }

    /// <summary>The vote was recorded. A recorded vote is public.</summary>
    public OutgoingEvent ResolutionVoted(ChangeRow change, Standings after)
    {
        var status = EnumWord<ResolutionStatus>.ToWord(after.Status);
        return OfChange(
            WebhookEvent.ResolutionVoted,
            change,
            new JsonObject { ["status"] = status },
            $"the vote is recorded: {status}",
            $"/v1/resolutions/{change.Resolution}/roll-call"
        );
    }

    /// <summary>The day of an open task is over.</summary>
    /// <param name="task">The number of the task.</param>
    /// <param name="resolution">The resolution that it is about; null if it is about none.</param>
    /// <param name="memberState">The state that it is about; null if that is confidential, or if it is about none.</param>
    /// <param name="at">The midnight at the end of its day.</param>
    public OutgoingEvent TaskOverdue(long task, string? resolution, string? memberState, DateTimeOffset at)
    {
        var number = task.ToString(CultureInfo.InvariantCulture);
        return Create(
            WebhookEvent.TaskOverdue,
            resolution,
            at,
            seq: null,
            new JsonObject
            {
                ["task"] = task,
                ["resolution"] = resolution,
                ["memberState"] = memberState,
            },
            $"Task {number}{(memberState is null ? "" : $" about {Name(memberState)}")} is overdue.",
            $"/v1/tasks/{number}",
            "/desk/tasks"
        );
    }

    /// <summary>A session was convened.</summary>
    public OutgoingEvent SessionConvened(ChangeRow change, string session) =>
        Create(
            WebhookEvent.SessionConvened,
            resolution: null,
            change.At,
            change.Seq,
            new JsonObject { ["session"] = session, ["version"] = change.Version },
            $"The session {session} is convened.",
            $"/v1/sessions/{session}",
            page: null
        );

    private OutgoingEvent OfChange(WebhookEvent type, ChangeRow change, JsonObject words, string sentence, string link)
    {
        var data = new JsonObject { ["resolution"] = change.Resolution, ["version"] = change.Version };
        foreach (var (name, value) in words)
        {
            data[name] = value?.DeepClone();
        }
        return Create(
            type,
            change.Resolution,
            change.At,
            change.Seq,
            data,
            $"{change.Resolution}: {sentence}.",
            link,
            $"/resolutions/{change.Resolution}"
        );
    }

    // A sentence has the address of a page, because a person reads it. Without the setting PublicUrl it has none.
    private OutgoingEvent Create(
        WebhookEvent type,
        string? resolution,
        DateTimeOffset at,
        long? seq,
        JsonObject data,
        string sentence,
        string link,
        string? page
    )
    {
        var word = EnumWord<WebhookEvent>.ToWord(type);
        data["link"] = _address + link;
        return new OutgoingEvent
        {
            Type = word,
            Resolution = resolution,
            At = at,
            Seq = seq,
            Message = Message(
                word,
                at,
                data,
                page is null || _address.Length == 0 ? sentence : $"{sentence} {_address}{page}"
            ),
        };
    }

    private static EventMessage Message(string type, DateTimeOffset at, JsonObject data, string line)
    {
        // A word that is not public is left out.
        foreach (var name in data.Where(member => member.Value is null).Select(member => member.Key).ToList())
        {
            data.Remove(name);
        }
        var payload = new JsonObject
        {
            ["type"] = type,
            ["timestamp"] = Moments.Text(at),
            ["data"] = data,
        };
        return new EventMessage(OutgoingEvent.NewId(), payload.ToJsonString(Json.Options), line);
    }

    private static string Name(string memberState) => Language.English.State(memberState);
}
