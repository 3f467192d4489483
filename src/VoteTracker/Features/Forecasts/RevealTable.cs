using System.Globalization;
using VoteTracker.Database;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.KnownStances;

namespace VoteTracker.Features.Forecasts;

/// <summary>`VoteTracker backtest --reveal 20,60,100`: the accuracy if that many votes of each resolution are known.</summary>
internal static class RevealTable
{
    private const int MaxKnown = 500;

    /// <summary>Parses the numbers; empty without the option.</summary>
    public static IReadOnlyList<int> Parse(string? numbers) =>
        numbers is null
            ? []
            :
            [
                .. numbers
                    .Split(',', StringSplitOptions.TrimEntries)
                    .Select(number =>
                        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var known)
                        && known is > 0 and <= MaxKnown
                            ? known
                            : throw new SettingException(
                                $"--reveal must be numbers of known votes from 1 to {MaxKnown} such as 20,60,100, not '{numbers}'."
                            )
                    ),
            ];

    /// <summary>Prints the table. The last lines are for programs.</summary>
    public static async Task Print(
        TextWriter output,
        VotingRecord record,
        Func<PastResolution, bool> isSelected,
        IReadOnlyList<int> reveals,
        bool earlierDays
    )
    {
        var result = new RevealBacktest(reveals).Run(new PastForecasts(record, earlierDays).Forecast(isSelected));
        await output.WriteLineAsync();
        await output.WriteLineAsync("| known votes | in random order | in the order of ask-next |");
        await output.WriteLineAsync("|---|---|---|");
        for (var i = 0; i < result.Random.Count; i++)
        {
            await output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {result.Random[i].Known} | {Cell(result.Random[i])} | {Cell(result.Asked[i])} |"
                )
            );
        }
        await output.WriteLineAsync();
        await output.WriteLineAsync(
            "Each cell: log loss of the other states / of all states, where that of a known vote is 0."
        );
        foreach (var (random, asked) in result.Random.Zip(result.Asked))
        {
            await output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"reveal {random.Known} random {random.Rest:0.000} all {random.All:0.000} ask-next {asked.Rest:0.000} all {asked.All:0.000}"
                )
            );
        }
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"coverage {result.Coverage:0.000} independent {result.IndependentCoverage:0.000} texts {result.Resolutions}"
            )
        );
    }

    private static string Cell(RevealScore score) =>
        string.Create(CultureInfo.InvariantCulture, $"{score.Rest:0.000} / {score.All:0.000}");
}
