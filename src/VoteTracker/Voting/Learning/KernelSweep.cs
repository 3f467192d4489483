namespace VoteTracker.Voting.Learning;

/// <summary>
/// Counts the votes before one resolution of the record after the other. It goes forward, so that it reads each roll call
/// once.
/// </summary>
internal sealed class KernelSweep(RollCallMatrix rollCalls)
{
    private readonly RecentCounts _recent = new(rollCalls);
    private readonly AgreementSweep _agreements = new(rollCalls);
    private WordWeights? _words;
    private (int Day, Agreements Agreements)? _halfYear;

    /// <summary>The counts before a resolution, as they are and in the cold view.</summary>
    /// <param name="rollCall">The resolution.</param>
    /// <param name="count">The number of earlier roll calls that are counted; not less than in the call before.</param>
    public (KernelCounts Warm, KernelCounts Cold) Read(int rollCall, int count)
    {
        var day = rollCalls.DayOf(rollCall);
        var similarities = WordsOf(count).Compare(ResolutionTarget.FromPast(rollCalls.Record.Resolutions[rollCall]));
        _recent.AddUntil(count);
        var recent = _recent.AsOf(day);
        var agreements = AgreementsOn(day);
        return (Create(isCold: false), Create(isCold: true));

        KernelCounts Create(bool isCold) =>
            KernelCounts.Create(rollCalls, similarities, recent, agreements, day, isCold);
    }

    /// <summary>The words before the resolution that was read last, or of a larger number of roll calls.</summary>
    public WordWeights WordsOf(int count) =>
        _words = _words?.Count == count ? _words : new WordWeights(rollCalls, count);

    // The agreements change slowly: they are counted at the begin of the year and of September, when a session opens.
    private Agreements AgreementsOn(int day)
    {
        var date = DateOnly.FromDayNumber(day);
        var begin = new DateOnly(date.Year, date.Month < 9 ? 1 : 9, 1).DayNumber;
        if (_halfYear is not { } known || known.Day != begin)
        {
            known = (begin, _agreements.AsOf(rollCalls.CountBefore(begin), begin));
            _halfYear = known;
        }
        return known.Agreements;
    }
}
