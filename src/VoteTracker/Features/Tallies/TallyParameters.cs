using VoteTracker.Endpoints.Binding;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Tallies;

/// <summary>The query parameters that several counts have in common.</summary>
internal static class TallyParameters
{
    /// <summary>Which stances are counted as recorded.</summary>
    public static readonly WordParameter<Counting> Counting = new(
        "counting",
        "`confirmed`: a stance of lesser certainty counts as undecided."
    );

    /// <summary>The groups that have a row each.</summary>
    public static readonly TextParameter By = new(
        "by",
        "`regional-group` (default), `bloc`, or one group's key: its row and `none`.",
        "regional-group"
    );
}
