using VoteTracker.Endpoints.Binding;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Tallies;

/// <summary>The query parameters that several tallies have in common.</summary>
internal static class TallyParameters
{
    /// <summary>Which stances are counted as recorded.</summary>
    public static readonly WordParameter<Counting> Counting = new(
        "counting",
        "`confirmed`: a stance with less certainty counts as undecided."
    );

    /// <summary>Whether a breakdown also has the tally, so that both are of the same version.</summary>
    public static readonly WordParameter<TallyInclusion> IncludeTally = new(
        "include",
        "`tally`: the breakdown with the tally of the same version, also behind a shared cache. For JSON only."
    );

    /// <summary>The groups of the rows.</summary>
    public static readonly TextParameter By = new(
        "by",
        "`regional-group` (default), `bloc`, or the key of one group: a row for it, and a row `none` for all others.",
        "regional-group"
    );
}

/// <summary>What a breakdown has besides its rows.</summary>
internal enum TallyInclusion
{
    Tally,
}
