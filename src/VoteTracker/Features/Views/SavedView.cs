using FluentValidation;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Versioned;

namespace VoteTracker.Features.Views;

/// <summary>A filter of the whip sheet that a team member saved under a name.</summary>
public sealed record SavedView : IVersioned
{
    /// <summary>Its name, which no other view of the same label has.</summary>
    public required string Name { get; init; }

    /// <summary>The label of the key that it belongs to.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The filter, as the address of the whip sheet has it after `?`; empty if it shows every state.</summary>
    public required string Filter { get; init; }

    /// <summary>The resolution's id; null if the view is for every resolution.</summary>
    public required string? Resolution { get; init; }

    /// <summary>Whether all lobbyists see it.</summary>
    public required bool Shared { get; init; }

    /// <summary>The address of the page that shows it; null if it has no resolution.</summary>
    public required string? Link { get; init; }

    /// <summary>Its own version, which every change raises; the ETag.</summary>
    public required long Version { get; init; }

    /// <summary>The moment of the last change; UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The view with the whole address of its page.</summary>
    /// <param name="address">The address of the service.</param>
    internal SavedView At(string address) => Link is null ? this : this with { Link = address + Link };
}

/// <summary>A view to save.</summary>
public sealed record SaveViewRequest
{
    /// <summary>
    /// The filter, as the address of the whip sheet has it after `?`: `q`, `position`, `group`, `show`, `sort`, `assignee` and
    /// `gap`, each at most once. If it is left out, the view shows every state.
    /// </summary>
    public string? Filter { get; init; }

    /// <summary>The id of the resolution whose whip sheet it shows; null for every resolution.</summary>
    public string? Resolution { get; init; }

    /// <summary>Whether all lobbyists see it; false if it is left out.</summary>
    public bool? Shared { get; init; }
}

internal sealed class SaveViewValidator : AbstractValidator<SaveViewRequest>
{
    public SaveViewValidator()
    {
        RuleFor(view => view.Filter).MaximumLength(2_000).WithMessage("must have 2000 characters at most");
        RuleFor(view => view.Resolution).Text(64);
    }
}
