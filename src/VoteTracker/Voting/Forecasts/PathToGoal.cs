using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Voting.Forecasts;

/// <summary>What somebody wants of a text.</summary>
public enum Goal
{
    /// <summary>That its majority is reached.</summary>
    Adopt,

    /// <summary>That it is not.</summary>
    Block,
}

/// <summary>How a member may move; another is one that abstains, is absent, undecided or unknown.</summary>
public enum FlipKind
{
    /// <summary>A no that becomes an abstention.</summary>
    NoToAbstain,

    /// <summary>A no that becomes a yes.</summary>
    NoToYes,

    /// <summary>Another that becomes a yes.</summary>
    OtherToYes,

    /// <summary>A yes that becomes an abstention.</summary>
    YesToAbstain,

    /// <summary>A yes that becomes a no.</summary>
    YesToNo,

    /// <summary>Another that becomes a no.</summary>
    OtherToNo,
}

/// <summary>
/// The fewest flips that would turn the result: reach the majority where it is not reached, lose it where it is. Nobody's
/// goal changes the count; it says only whether the turn is what one works for or what one guards against.
/// </summary>
public sealed record PathToGoal
{
    private static readonly FlipKind[] Up = [FlipKind.NoToYes, FlipKind.NoToAbstain, FlipKind.OtherToYes];
    private static readonly FlipKind[] Down = [FlipKind.YesToNo, FlipKind.YesToAbstain, FlipKind.OtherToNo];

    /// <summary>Whether the majority is reached now.</summary>
    public required bool Reached { get; init; }

    /// <summary>Each kind of flip that moves towards the turn, by itself.</summary>
    public required IReadOnlyList<Flip> Kinds { get; init; }

    /// <summary>
    /// The fewest of all kinds together, the kinds that need none left out; of ways equally short, the one in which
    /// fewest change sides, then the one in which most were on neither side. Null where even all of them would not turn it.
    /// </summary>
    public required IReadOnlyList<FlipCount>? Fewest { get; init; }

    /// <summary>How many flips these are.</summary>
    public int? Flips => Fewest?.Sum(flip => flip.Count);

    /// <summary>From this count; null where the rule is not recorded.</summary>
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

    /// <summary>What one of these adds to the margin; null where the rule is not recorded.</summary>
    public static int? Effect(MajorityRule rule, FlipKind kind)
    {
        var (yes, no) = Moves(kind);
        return rule.Margin(yes, no);
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

/// <summary>One kind of flip: how many alone would turn the result, and how many there are to flip.</summary>
public sealed record Flip
{
    /// <summary>From what to what.</summary>
    public required FlipKind Kind { get; init; }

    /// <summary>What one of them adds to the margin; negative where it takes away.</summary>
    public required int? Effect { get; init; }

    /// <summary>How many of this kind alone turn the result; null where there are not enough.</summary>
    public required int? Needed { get; init; }

    /// <summary>How many members could make it.</summary>
    public required int Available { get; init; }

    /// <summary>Where these members stand now.</summary>
    public required AvailableFrom AvailableFrom { get; init; }
}

/// <summary>Where those stand who could flip; what this flip does not begin from is 0.</summary>
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

/// <summary>So many flips of a kind.</summary>
public sealed record FlipCount
{
    /// <summary>From what to what.</summary>
    public required FlipKind Kind { get; init; }

    /// <summary>How many.</summary>
    public required int Count { get; init; }
}
