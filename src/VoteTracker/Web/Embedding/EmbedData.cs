using VoteTracker.Localization;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Web.Embedding;

/// <summary>The message instead of a count.</summary>
internal sealed record EmbedMessage(string Lang, string Direction, string Message);

/// <summary>A count of an embedded tally.</summary>
internal sealed record EmbedCount(string Position, string Word, int Count);

/// <summary>What the element `vote-tally` shows: all texts are in the language of the reader.</summary>
internal sealed record EmbedData
{
    public required long Version { get; init; }
    public required string State { get; init; }
    public required string Lang { get; init; }
    public required string Direction { get; init; }
    public required string Symbol { get; init; }
    public required string Title { get; init; }

    /// <summary>The path of the resolution's page.</summary>
    public required string Path { get; init; }

    public required string Before { get; init; }
    public required string? Result { get; init; }
    public required string Outcome { get; init; }
    public required string? Sentence { get; init; }
    public required IReadOnlyList<EmbedCount> Counts { get; init; }

    /// <summary>The place of the line, counted from the first yes; null without one.</summary>
    public required int? Required { get; init; }

    public required string Changed { get; init; }
    public required string Source { get; init; }
    public required string Lost { get; init; }

    /// <summary>Writes a model in the language of a page.</summary>
    public static EmbedData Create(PageContext page, EmbedModel model)
    {
        var (language, tally) = (page.Language, model.Tally);
        var hasVotes = tally.Yes is not null;
        return new EmbedData
        {
            Version = tally.Version,
            State = model.StateName,
            Lang = language.Code,
            Direction = language.Direction,
            Symbol = $"{model.Name} · {language.Word(model.Resolution.Status)}",
            Title = model.Resolution.Title,
            Path = $"/resolutions/{model.Resolution.Id}?lang={language.Code}",
            Before = page.Text(
                tally.Basis == Basis.Stances ? "headline.if-now" : $"headline.{EnumWord<Basis>.ToWord(tally.Basis)}"
            ),
            Result = tally.Basis == Basis.None ? null : page.Result(tally),
            Outcome = PageContext.ResultClass(tally),
            Sentence =
                !hasVotes ? null
                : tally.Basis == Basis.Stances ? $"{language.Sentence(tally.Sentence)} {page.Text("headline.stances")}"
                : language.Sentence(tally.Sentence),
            Counts = hasVotes
                ?
                [
                    .. model
                        .Picture(language)
                        .Counts.Select(count => new EmbedCount(
                            count.Position is { } position ? EnumWord<Position>.ToWord(position) : "ineligible",
                            count.Word,
                            count.Count
                        )),
                ]
                : [],
            Required = tally.PresentAndVoting > 0 ? tally.Required : null,
            Changed = page.Text("live.as-of", ("moment", language.Moment(tally.AsOf))),
            Source = page.Text("embed.source"),
            Lost = page.Text("live.lost"),
        };
    }
}
