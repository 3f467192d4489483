namespace VoteTracker.Voting.Forecasts;

/// <summary>How strong a pressure is.</summary>
public enum PressureLevel
{
    /// <summary>Low.</summary>
    Low,

    /// <summary>Medium.</summary>
    Medium,

    /// <summary>High.</summary>
    High,
}

/// <summary>The vote that a pressure pushes a member to.</summary>
public enum PressureTarget
{
    /// <summary>Yes.</summary>
    Yes,

    /// <summary>No.</summary>
    No,

    /// <summary>An abstention.</summary>
    Abstain,

    /// <summary>Not to vote.</summary>
    Absent,
}

/// <summary>A pressure, as a forecast uses it.</summary>
public readonly record struct Pressure(PressureTarget Towards, PressureLevel Level);

/// <summary>
/// For each level, the share of the probability of the other votes that one pressure moves to its vote. These numbers are an
/// assumption, and not an estimate from votes.
/// </summary>
public sealed record PressureShares
{
    /// <summary>The largest share. With 1, opposite pressures could not be combined.</summary>
    public const double Most = 0.99;

    /// <summary>The defaults, which the settings use too.</summary>
    public static readonly PressureShares Default = new();

    /// <summary>The share of a low pressure.</summary>
    public double Low { get; init; } = 0.05;

    /// <summary>The share of a medium pressure.</summary>
    public double Medium { get; init; } = 0.15;

    /// <summary>The share of a high pressure.</summary>
    public double High { get; init; } = 0.3;

    /// <summary>The share of a level.</summary>
    public double Of(PressureLevel level) =>
        level switch
        {
            PressureLevel.Low => Low,
            PressureLevel.Medium => Medium,
            _ => High,
        };
}

/// <summary>The effect of all pressures on one member.</summary>
/// <remarks>
/// One pressure with the share s leaves 1 − s of all chances as they are, and moves the rest to its vote. So two pressures to
/// the same vote leave (1 − s)(1 − t). Of several pressures, each works at the same time with the strength −ln(1 − s): the
/// part e^(−strengths) stays, and the rest is divided between the votes in proportion to their strengths. The order of the
/// pressures does not matter, because they are only counted.
/// </remarks>
public sealed record PressureEffect
{
    private static readonly int Levels = Enum.GetValues<PressureLevel>().Length;
    private static readonly PressureTarget[] Targets = Enum.GetValues<PressureTarget>();

    private PressureEffect(double moved, Chances to) => (Moved, To) = (moved, to);

    /// <summary>The share of the probability that the pressures move, 0 to 1.</summary>
    public double Moved { get; }

    /// <summary>How this share is divided between the votes.</summary>
    public Chances To { get; }

    /// <summary>Combines pressures in any order; null if they move nothing.</summary>
    public static PressureEffect? Combine(IEnumerable<Pressure> pressures, PressureShares shares)
    {
        var counts = new int[Targets.Length * Levels];
        foreach (var pressure in pressures)
        {
            counts[(int)pressure.Towards * Levels + (int)pressure.Level]++;
        }
        var strengths = new double[Targets.Length];
        foreach (var target in Targets)
        {
            foreach (var level in Enum.GetValues<PressureLevel>())
            {
                strengths[(int)target] -= counts[(int)target * Levels + (int)level] * Math.Log(1 - shares.Of(level));
            }
        }
        var sum = strengths.Sum();
        return sum > 0
            ? new PressureEffect(
                1 - Math.Exp(-sum),
                Chances.Normalize(
                    strengths[(int)PressureTarget.Yes] / sum,
                    strengths[(int)PressureTarget.No] / sum,
                    strengths[(int)PressureTarget.Abstain] / sum,
                    strengths[(int)PressureTarget.Absent] / sum
                )
            )
            : null;
    }

    /// <summary>The chances of the member under these pressures.</summary>
    public Chances Apply(Chances chances) =>
        Chances.Normalize(
            Move(chances.Yes, To.Yes),
            Move(chances.No, To.No),
            Move(chances.Abstain, To.Abstain),
            Move(chances.Absent, To.Absent)
        );

    /// <summary>
    /// How much the pressures help a flip: 0.5 if they do not change its chance, up to 1 if all push to the vote after the
    /// flip, and down to 0 if all push away from it.
    /// </summary>
    public double Help(FlipKind flip) =>
        Move(
            0.5,
            flip switch
            {
                FlipKind.NoToYes or FlipKind.OtherToYes => To.Yes,
                FlipKind.YesToNo or FlipKind.OtherToNo => To.No,
                _ => To.NotVoting,
            }
        );

    private double Move(double chance, double to) => (1 - Moved) * chance + Moved * to;
}
