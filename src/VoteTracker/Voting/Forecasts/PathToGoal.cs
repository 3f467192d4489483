using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Voting.Forecasts;

/// <summary>The goal of a user for a resolution.</summary>
public enum Goal
{
    /// <summary>The majority is reached.</summary>
    Adopt,

    /// <summary>The majority is not reached.</summary>
    Block,
}

/// <summary>A change of a member's position. "Other" is abstain, absent, undecided or unknown.</summary>
public enum FlipKind
{
    /// <summary>From no to an abstention.</summary>
    NoToAbstain,

    /// <summary>From no to yes.</summary>
    NoToYes,

    /// <summary>From another position to yes.</summary>
    OtherToYes,

    /// <summary>From yes to an abstention.</summary>
    YesToAbstain,

    /// <summary>From yes to no.</summary>
    YesToNo,

    /// <summary>From another position to no.</summary>
    OtherToNo,
}

/// <summary>
/// The fewest flips that would change the result: reach the majority if it is not reached, lose it if it is. The goal does
/// not affect the count. It only says whether the change is wanted.
/// </summary>
public sealed record PathToGoal
{
    private static readonly FlipKind[] Up = [FlipKind.NoToYes, FlipKind.NoToAbstain, FlipKind.OtherToYes];
    private static readonly FlipKind[] Down = [FlipKind.YesToNo, FlipKind.YesToAbstain, FlipKind.OtherToNo];

    /// <summary>Whether the majority is reached now.</summary>
    public required bool Reached { get; init; }

    /// <summary>Each kind of flip that helps to change the result, alone.</summary>
    public required IReadOnlyList<Flip> Kinds { get; init; }

    /// <summary>
    /// The fewest flips of all kinds together, without kinds that need none. Of equally short ways, the one with the fewest
    /// changes between yes and no, then the one with the most flips from other positions. Null if no way changes the result.
    /// </summary>
    public required IReadOnlyList<FlipCount>? Fewest { get; init; }

    /// <summary>The number of these flips.</summary>
    public int? Flips => Fewest?.Sum(flip => flip.Count);

    /// <summary>Computes the path from a count; null if the rule is not recorded.</summary>
    public static PathToGoal? From(MajorityRule rule, VoteCount count)
    {
        if (rule.Reached(count.Yes, count.No) is not { } reached)
        {
            return null;
        }
        var kinds = reached ? Down : Up;
        var (side, others) = (reached ? count.Yes : count.No, count.Eligible - count.Yes - count.No);
        return new PathToGoal
        {
            Reached = reached,
            Kinds =
            [
                .. kinds.Select(kind => new Flip
                {
                    Kind = kind,
                    Effect = Effect(rule, kind),
                    Needed = Enumerable.Range(1, Of(kind)).Cast<int?>().FirstOrDefault(n => Turns((kind, n!.Value))),
                    Available = Of(kind),
                    AvailableFrom = From(kind),
                }),
            ],
            Fewest = Mixed(),
        };

        int Of(FlipKind kind) => kind is FlipKind.OtherToYes or FlipKind.OtherToNo ? others : side;

        AvailableFrom From(FlipKind kind) =>
            kind switch
            {
                FlipKind.NoToAbstain or FlipKind.NoToYes => new AvailableFrom { No = count.No },
                FlipKind.YesToAbstain or FlipKind.YesToNo => new AvailableFrom { Yes = count.Yes },
                _ => new AvailableFrom
                {
                    Abstain = count.Abstain,
                    Absent = count.Absent,
                    Undecided = count.Undecided,
                    Unknown = count.Unknown,
                },
            };

        bool Turns(params ReadOnlySpan<(FlipKind Kind, int Count)> flips)
        {
            var (yes, no) = (count.Yes, count.No);
            foreach (var (kind, n) in flips)
            {
                var (dYes, dNo) = Moves(kind);
                (yes, no) = (yes + n * dYes, no + n * dNo);
            }
            return rule.Reached(yes, no) != reached;
        }

        IReadOnlyList<FlipCount>? Mixed()
        {
            for (var flips = 1; flips <= side + others; flips++)
            {
                for (var across = 0; across <= Math.Min(flips, side); across++)
                {
                    for (var away = 0; away <= Math.Min(flips, side) - across; away++)
                    {
                        var other = flips - across - away;
                        if (other <= others && Turns((kinds[0], across), (kinds[1], away), (kinds[2], other)))
                        {
                            return
                            [
                                .. kinds
                                    .Zip([across, away, other], (kind, n) => new FlipCount { Kind = kind, Count = n })
                                    .Where(flip => flip.Count > 0),
                            ];
                        }
                    }
                }
            }
            return null;
        }
    }

    /// <summary>The effect of one flip on the margin; null if the rule is not recorded.</summary>
    public static int? Effect(MajorityRule rule, FlipKind kind)
    {
        var (yes, no) = Moves(kind);
        return rule.Margin(yes, no);
    }

    /// <summary>The most that another vote of a member would move the margin, up or down; null if the rule is not recorded.</summary>
    public static int? LargestEffect(MajorityRule rule, Position position)
    {
        var flip = position switch
        {
            Position.Yes => FlipKind.YesToNo,
            Position.No => FlipKind.NoToYes,
            // A further no moves the margin at least as far as a further yes.
            _ => FlipKind.OtherToNo,
        };
        return Effect(rule, flip) is { } effect ? Math.Abs(effect) : null;
    }

    private static (int Yes, int No) Moves(FlipKind kind) =>
        kind switch
        {
            FlipKind.NoToAbstain => (0, -1),
            FlipKind.NoToYes => (1, -1),
            FlipKind.OtherToYes => (1, 0),
            FlipKind.YesToAbstain => (-1, 0),
            FlipKind.YesToNo => (-1, 1),
            _ => (0, 1),
        };
}

/// <summary>A kind of flip: how many would change the result alone, and how many are available.</summary>
public sealed record Flip
{
    /// <summary>The kind.</summary>
    public required FlipKind Kind { get; init; }

    /// <summary>The effect of one flip on the margin.</summary>
    public required int? Effect { get; init; }

    /// <summary>The number of flips of this kind that change the result alone; null if there are not enough.</summary>
    public required int? Needed { get; init; }

    /// <summary>The number of members that could flip.</summary>
    public required int Available { get; init; }

    /// <summary>The current positions of these members.</summary>
    public required AvailableFrom AvailableFrom { get; init; }
}

/// <summary>The current positions of the members that could flip; 0 for positions that do not apply.</summary>
public sealed record AvailableFrom
{
    /// <summary>Yes.</summary>
    public int Yes { get; init; }

    /// <summary>No.</summary>
    public int No { get; init; }

    /// <summary>Abstain.</summary>
    public int Abstain { get; init; }

    /// <summary>Absent.</summary>
    public int Absent { get; init; }

    /// <summary>Undecided.</summary>
    public int Undecided { get; init; }

    /// <summary>Unknown.</summary>
    public int Unknown { get; init; }
}

/// <summary>A number of flips of one kind.</summary>
public sealed record FlipCount
{
    /// <summary>The kind.</summary>
    public required FlipKind Kind { get; init; }

    /// <summary>The number.</summary>
    public required int Count { get; init; }
}
