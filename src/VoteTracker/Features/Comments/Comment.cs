using System.Globalization;
using FluentValidation;
using VoteTracker.Endpoints.Binding;

namespace VoteTracker.Features.Comments;

/// <summary>A comment of a team member on a stance. It does not change; its author or a coordinator can delete it.</summary>
public sealed record Comment
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The code of the member state, ISO 3166-1 alpha-3.</summary>
    public required string MemberState { get; init; }

    /// <summary>The text as it was written. It is plain text: markup in it has no effect.</summary>
    public required string Text { get; init; }

    /// <summary>The labels that the text mentions, each once, in the order of the text.</summary>
    public required IReadOnlyList<string> Mentions { get; init; }

    /// <summary>The label of the key that wrote it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The moment at which it was written; UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A comment to add.</summary>
public sealed record AddCommentRequest
{
    /// <summary>
    /// At most 4,000 characters. `@` and the label of a valid key mention its holder, if no letter or digit follows. At most
    /// 20 words of a text begin with `@`.
    /// </summary>
    public string? Text { get; init; }
}

internal sealed class AddCommentValidator : AbstractValidator<AddCommentRequest>
{
    public AddCommentValidator() =>
        RuleFor(c => c.Text)
            .Required()
            .Text(4_000)
            .Must(text => text is null || CommentMentions.Count(text) <= CommentMentions.Most)
            .WithMessage(
                (_, text) =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"must have at most {CommentMentions.Most} words that begin with @; found {CommentMentions.Count(text!)}"
                    )
            );
}
