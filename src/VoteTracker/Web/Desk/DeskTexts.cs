using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using VoteTracker.Features.Contacts;
using VoteTracker.Localization;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Web.Desk;

/// <summary>The messages that the scripts of the desk show, as JSON. A message with plurals is an object.</summary>
internal static class DeskTexts
{
    private const string Prefix = "page.";

    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    private static readonly string[] OfPages =
    [
        "board.ineligible",
        "desk.about",
        "desk.age",
        "desk.age.today",
        "desk.assign-me",
        "desk.assigned",
        "desk.assignee",
        "desk.at",
        "desk.certainty",
        "desk.changed",
        "desk.comment.add",
        "desk.comment.added",
        "desk.comment.new",
        "desk.comment.older",
        "desk.comment.people",
        "desk.comments",
        "desk.comments.n",
        "desk.confidential.short",
        "desk.contact",
        "desk.correct",
        "desk.delete",
        "desk.discard",
        "desk.due",
        "desk.due-on",
        "desk.edit",
        "desk.edit.conflict",
        "desk.edit.refused",
        "desk.edit.waiting",
        "desk.evidence",
        "desk.foreign",
        "desk.foreign.discard",
        "desk.foreign.sure",
        "desk.import.changed",
        "desk.import.changes",
        "desk.import.count",
        "desk.import.do",
        "desk.import.done",
        "desk.import.field",
        "desk.import.ignored",
        "desk.import.later",
        "desk.import.named",
        "desk.import.stale",
        "desk.import.try",
        "desk.import.rest",
        "desk.import.skipped",
        "desk.import.turns",
        "desk.import.undone",
        "desk.import.wrong",
        "desk.keep",
        "desk.keep-theirs",
        "desk.late",
        "desk.link",
        "desk.lost",
        "desk.mine",
        "desk.more",
        "desk.newer",
        "desk.next",
        "desk.note",
        "desk.on",
        "desk.open",
        "desk.other-changed",
        "desk.other-position",
        "desk.outcome",
        "desk.over",
        "desk.overdue",
        "desk.pair",
        "desk.position",
        "desk.reason",
        "desk.recorded",
        "desk.refused",
        "desk.retry",
        "desk.save",
        "desk.saved",
        "desk.seen",
        "desk.shown",
        "desk.summary",
        "desk.sure",
        "desk.talk.changed",
        "desk.talk.deleted",
        "desk.talk.summary",
        "desk.talks",
        "desk.talks.none",
        "desk.task.add",
        "desk.task.added",
        "desk.task.changed",
        "desk.task.deleted",
        "desk.task.done",
        "desk.task.new",
        "desk.task.opened",
        "desk.task.ticked",
        "desk.tasks",
        "desk.undone",
        "desk.unsent",
        "desk.unsent.kept",
        "desk.unsent.memory",
        "desk.unsent.send",
        "desk.you-elsewhere",
        "desk.yours",
        "share.copied",
        "share.failed",
        "sign-in.no-key",
        "views.conflict",
        "views.refused",
        "views.replace",
        "views.save",
        "views.saved",
    ];

    private static readonly string[] Keys =
    [
        .. OfPages.Select(key => Prefix + key),
        .. Enum.GetValues<Position>().Select(value => $"position.{EnumWord<Position>.ToWord(value)}"),
        .. Enum.GetValues<Certainty>().Select(value => $"certainty.{EnumWord<Certainty>.ToWord(value)}"),
        .. Enum.GetValues<Evidence>().Select(value => $"evidence.{EnumWord<Evidence>.ToWord(value)}"),
        .. Enum.GetValues<EngagementKind>()
            .Select(value => $"engagement-kind.{EnumWord<EngagementKind>.ToWord(value)}"),
        .. Enumerable.Range(1, 12).SelectMany(month => new[] { $"month.{month}", $"month-short.{month}" }),
        "date.day",
        "date.day.first",
        "date.short",
        "date.short.first",
    ];

    private static readonly Dictionary<Language, Lazy<string>> Written = Language.All.ToDictionary(
        language => language,
        language => new Lazy<string>(() => Write(language, Keys))
    );

    /// <summary>The messages of a language.</summary>
    public static string For(Language language) => Written[language].Value;

    /// <summary>Writes messages of a language, for the scripts of a page.</summary>
    public static string Write(Language language, IEnumerable<string> keys) =>
        JsonSerializer.Serialize(
            keys.Select(key => (Key: key, Texts: language.Messages.Find(key) ?? FindDefault(key)))
                .Where(message => message.Texts is not null)
                .ToDictionary(
                    message =>
                        message.Key.StartsWith(Prefix, StringComparison.Ordinal)
                            ? message.Key[Prefix.Length..]
                            : message.Key,
                    message => message.Texts!.TryGetValue("", out var only) ? only : (object)message.Texts,
                    StringComparer.Ordinal
                ),
            Options
        );

    // Only some languages write the first day of a month in their own way.
    private static IReadOnlyDictionary<string, string>? FindDefault(string key) =>
        key.EndsWith(".first", StringComparison.Ordinal) ? null : Language.English.Messages.Find(key);
}
