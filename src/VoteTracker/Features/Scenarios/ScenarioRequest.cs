using System.Globalization;
using FluentValidation;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Text;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Scenarios;

/// <summary>The assumptions of a scenario.</summary>
public sealed record ScenarioRequest
{
    /// <summary>The assumed changes, 1 to 500, each of a member state, a group or the rule.</summary>
    public IReadOnlyList<ScenarioChange>? Changes { get; init; }

    /// <summary>Finds the changes that are invalid for a resolution: by member, by group or by rule.</summary>
    internal Dictionary<string, string[]> FindErrors(Standings standings, ReferenceData referenceData)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var members = standings.Members.ToHashSet(StringComparer.Ordinal);
        foreach (var (i, change) in Changes!.Index())
        {
            if (change.MemberState is { } state && !members.Contains(state))
            {
                Wrong(
                    i,
                    "memberState",
                    referenceData.Roster.Find(state) is { Kind: SeatKind.Observer }
                        ? "must be a member state: an observer has no vote"
                        : $"must be the code of a state that is a member on {standings.Day:O}, such as NOR; found {SafeText.Quote(state)}"
                );
            }
            if (change.Group is { } group && referenceData.Groups.Find(group) is null)
            {
                Wrong(
                    i,
                    "group",
                    $"must be the key of a group such as african-states or nam; found {SafeText.Quote(group)}"
                );
            }
            if (change.Rule is { } rule && !rule.IsPossibleFor(standings.Kind))
            {
                Wrong(i, "rule", ValidationRules.SimpleForMotions);
            }
        }
        return errors;

        void Wrong(int i, string field, string problem) =>
            errors[string.Create(CultureInfo.InvariantCulture, $"changes[{i}].{field}")] = [problem];
    }
}

internal sealed class ScenarioRequestValidator : AbstractValidator<ScenarioRequest>
{
    private const int MaxChanges = 500;

    public ScenarioRequestValidator()
    {
        RuleFor(r => r.Changes)
            .Required()
            .Must(changes => changes is null or { Count: >= 1 and <= MaxChanges })
            .WithMessage($"must be 1 to {MaxChanges} changes");
        When(
            r => r.Changes is { Count: <= MaxChanges },
            () =>
            {
                RuleForEach(r => r.Changes)
                    .NotNull()
                    .WithMessage("must be a change")
                    .SetValidator(new ScenarioChangeValidator());
                RuleFor(r => r.Changes!)
                    .Must(changes => AreUnique(changes, change => change.MemberState))
                    .WithMessage("must name each member state once")
                    .Must(changes => AreUnique(changes, change => change.Group))
                    .WithMessage("must name each group once")
                    .Must(changes => changes.Count(change => change?.Rule is not null) <= 1)
                    .WithMessage("must name one rule at most");
            }
        );
    }

    private static bool AreUnique(IReadOnlyList<ScenarioChange> changes, Func<ScenarioChange, string?> key)
    {
        var named = changes.Where(change => change is not null).Select(key).OfType<string>().ToList();
        return named.Distinct(StringComparer.Ordinal).Count() == named.Count;
    }

    private sealed class ScenarioChangeValidator : AbstractValidator<ScenarioChange>
    {
        public ScenarioChangeValidator()
        {
            // Rules for the change as a whole: no single field is required.
            RuleFor(c => c)
                .Must(c => new object?[] { c.MemberState, c.Group, c.Rule }.Count(of => of is not null) == 1)
                .WithMessage("must have exactly one of memberState, group and rule")
                .Must(c => c.Rule is not null || c.Position is not null || c.Eligible is not null)
                .WithMessage("must have a position, or say whether it may vote (eligible)")
                .Must(c => c.Rule is null || (c.Position is null && c.Eligible is null))
                .WithMessage("must have no other field than the rule if it changes the rule")
                .Must(c => c.Certainty is null || c.Position is not null and not Position.Unknown)
                .WithMessage("must have a certainty only with a position, and not with unknown");
            RuleFor(c => c.Rule)
                .Must(rule => rule is not MajorityRule.NotRecorded)
                .WithMessage(WrongWord.Describe(["two-thirds", "simple-majority"], "not-recorded"));
        }
    }
}
