using System.Globalization;
using VoteTracker.Voting.Forecasts;

namespace VoteTracker.Features.Forecasts;

/// <summary>Prints the result of a backtest as Markdown.</summary>
internal static class BacktestTables
{
    private static readonly IReadOnlyList<(string Heading, Func<BacktestedResolution, Accuracy> Of)> Columns =
    [
        ("forecast", resolution => resolution.Forecast),
        ("plain model", resolution => resolution.Plain),
        ("similar titles", resolution => resolution.SimilarTitles),
        ("as in the last resolution", resolution => resolution.AsLastResolution),
        ("most frequent vote", resolution => resolution.MostFrequent),
    ];

    /// <summary>Prints the tables. The last line is the mean of the forecasts, which programs read.</summary>
    /// <param name="output">The output.</param>
    /// <param name="resolutions">The resolutions.</param>
    /// <param name="withReliability">Whether the table of reliability is printed.</param>
    public static async Task Print(
        TextWriter output,
        IReadOnlyList<BacktestedResolution> resolutions,
        bool withReliability
    )
    {
        await output.WriteLineAsync(Row("resolution", "voted on", "names", Columns.Select(column => column.Heading)));
        await output.WriteLineAsync($"|{string.Concat(Enumerable.Repeat("---|", 3 + Columns.Count))}");
        foreach (var resolution in resolutions)
        {
            await output.WriteLineAsync(
                Row(
                    $"`{resolution.Resolution}`",
                    resolution.Day.ToString("O", CultureInfo.InvariantCulture),
                    resolution.Names.ToString(CultureInfo.InvariantCulture),
                    Columns.Select(column => Cell(column.Of(resolution)))
                )
            );
        }
        Accuracy[] means = [.. Columns.Select(column => Accuracy.Mean([.. resolutions.Select(column.Of)]))];
        await output.WriteLineAsync(Row("mean", "", "", means.Select(Cell)));
        await output.WriteLineAsync();
        await output.WriteLineAsync(
            "Each cell: log loss / Brier score / share of the states whose likeliest outcome was their vote."
        );
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The forecast is from the learned model for {resolutions.Count(r => r.Model == ForecastModel.Learned)} of {resolutions.Count} resolutions. The others have fewer than {LearnedFrom} roll calls before them, and are from the plain model."
            )
        );
        if (withReliability)
        {
            await PrintReliability(output, [.. resolutions.SelectMany(resolution => resolution.Forecasts)]);
        }
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"log-loss {means[0].LogLoss:0.000} brier {means[0].Brier:0.000} accuracy {means[0].Share:0.000} texts {resolutions.Count}"
            )
        );
    }

    private static int LearnedFrom => VoteTracker.Voting.Learning.LearnedModel.MinRollCalls;

    private static async Task PrintReliability(
        TextWriter output,
        IReadOnlyList<(Chances Chances, Voting.Rules.Vote Vote)> forecasts
    )
    {
        await output.WriteLineAsync();
        await output.WriteLineAsync("| probability | number | share of all | mean | came true |");
        await output.WriteLineAsync("|---|---|---|---|---|");
        foreach (var bin in ReliabilityBin.FromForecasts(forecasts))
        {
            await output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {bin.From:0.0} to {bin.To:0.0} | {bin.Count} | {bin.Count / (4d * forecasts.Count):0.000} | {bin.Expected:0.000} | {bin.Happened:0.000} |"
                )
            );
        }
        await output.WriteLineAsync();
    }

    private static string Row(string resolution, string day, string names, IEnumerable<string> cells) =>
        $"|{string.Concat(cells.Prepend(names).Prepend(day).Prepend(resolution).Select(c => c.Length == 0 ? " |" : $" {c} |"))}";

    private static string Cell(Accuracy accuracy) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{accuracy.LogLoss:0.000} / {accuracy.Brier:0.000} / {accuracy.Share:0.000}"
        );
}
