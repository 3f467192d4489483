using System.Data.Common;
using FluentValidation;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Sessions;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Resolutions;

/// <summary>The fields of a resolution that a coordinator sets. A PATCH is merged into them.</summary>
public record ResolutionFields
{
    /// <summary>The document symbol, such as A/ES-10/L.34; 100 characters at most.</summary>
    public string? Symbol { get; init; }

    /// <summary>The title; 2,000 characters at most.</summary>
    public string? Title { get; init; }

    /// <summary>
    /// The current text: `Rev.1` to `Rev.99`, or null (by default) for the original. Co-sponsors of an earlier text keep their
    /// status, and are listed as to be asked again.
    /// </summary>
    public string? TextVersion { get; init; }

    /// <summary>A draft resolution (by default), an amendment, a paragraph or a motion.</summary>
    public ResolutionKind? Kind { get; init; }

    /// <summary>The id of the resolution to which it belongs, of the same session.</summary>
    public string? Parent { get; init; }

    /// <summary>
    /// The majority it needs. A motion can have only `simple-majority`, its default. Otherwise the default is `two-thirds`
    /// in emergency special sessions; in other sessions the rule is required.
    /// </summary>
    public MajorityRule? Rule { get; init; }

    /// <summary>
    /// `drafting` by default. `adopted` and `not-adopted` need a recorded vote, and are set by recording the roll call.
    /// </summary>
    public ResolutionStatus? Status { get; init; }

    /// <summary>The day of the vote in New York; within the session.</summary>
    public DateOnly? VoteOn { get; init; }

    /// <summary>
    /// The place of an amendment, a paragraph or a motion in the order of the votes, among its siblings of that kind; 1 to
    /// 1,000. The amendment furthest removed in substance from the resolution comes first (rule 90).
    /// </summary>
    public int? Order { get; init; }

    /// <summary>The part of it that is visible without a key; `private` by default.</summary>
    public Visibility? Visibility { get; init; }

    private const string RuleIsRequired =
        "is required, except in an emergency special session: two-thirds for important questions (Charter, Article 18 (2)), simple-majority for other questions (Article 18 (3), rule 85)";

    private bool IsAmendmentOrParagraph => Kind is ResolutionKind.Amendment or ResolutionKind.Paragraph;

    /// <summary>The fields, with default values for those that are missing.</summary>
    internal T WithDefaults<T>(Session? session)
        where T : ResolutionFields =>
        (T)(
            this with
            {
                Kind = Kind ?? ResolutionKind.Draft,
                Rule =
                    Rule
                    ?? (
                        Kind == ResolutionKind.Motion ? MajorityRule.SimpleMajority
                        : session is { Emergency: true } ? MajorityRule.TwoThirds
                        : null
                    ),
                Status = Status ?? ResolutionStatus.Drafting,
                Visibility = Visibility ?? VoteTracker.Voting.Rules.Visibility.Private,
            }
        );

    /// <summary>Finds the fields that are invalid for the session and the parent; empty if none is.</summary>
    internal async Task<Dictionary<string, string[]>> FindErrors(DbConnection connection, Session session)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (session.DescribeWrongDay(VoteOn) is { } problem)
        {
            errors["voteOn"] = [problem];
        }
        if (Rule is null)
        {
            errors["rule"] = [RuleIsRequired];
        }
        if (Rule == MajorityRule.NotRecorded && session.Emergency)
        {
            errors["rule"] =
            [
                "must be two-thirds or simple-majority: not-recorded is for resolutions of regular sessions",
            ];
        }
        if (Parent is not null)
        {
            var parent = await ResolutionStore.Find(connection, Parent);
            if (parent is null)
            {
                errors["parent"] = [$"must be the id of a resolution; found {SafeText.Quote(Parent)}"];
            }
            else if (parent.Session != session.Id)
            {
                errors["parent"] = [$"must be of the same session; {parent.Id} is of {parent.Session}"];
            }
            else if (IsAmendmentOrParagraph && parent.Rule == MajorityRule.TwoThirds && Rule != parent.Rule)
            {
                errors["rule"] =
                [
                    $"must be two-thirds, which {parent.Id} needs: so do its amendments and paragraphs (rule 84)",
                ];
            }
        }
        return errors;
    }
}

internal sealed class ResolutionFieldsValidator : AbstractValidator<ResolutionFields>
{
    public ResolutionFieldsValidator()
    {
        RuleFor(r => r.Symbol).Text(100);
        RuleFor(r => r.Title).Required().Text(2_000);
        RuleFor(r => r.TextVersion)
            .Must(text => DraftText.TryParse(text, out _))
            .WithMessage(
                (_, text) =>
                    $"must be Rev.1 to Rev.{DraftText.MostRevisions}, or null for the original text; found {SafeText.Quote(text!)}"
            );
        RuleFor(r => r.Parent).Text(64);
        RuleFor(r => r.Order).InclusiveBetween(1, 1_000).WithMessage("must be a whole number from 1 to 1000");
        RuleFor(r => r.Rule)
            .Must((r, rule) => r.Kind is not { } kind || rule is not { } wanted || wanted.IsPossibleFor(kind))
            .WithMessage(ValidationRules.SimpleForMotions);
    }
}
