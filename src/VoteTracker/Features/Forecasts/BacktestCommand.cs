using System.CommandLine;
using System.Globalization;
using VoteTracker.Database;
using VoteTracker.Features.Record;
using VoteTracker.Live;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Forecasts;

/// <summary>
/// `VoteTracker backtest`: forecasts past resolutions, each only from earlier votes. It prints the accuracy of the forecasts
/// and of two simple guesses.
/// </summary>
internal static class BacktestCommand
{
    private const string Emergency = "es-";
    private static readonly DateOnly Since = new(2017, 1, 1);

    public static Command Create(Func<ParseResult, IServiceProvider> services)
    {
        var sessions = new Option<string[]>("--session")
        {
            Description =
                "Only resolutions of this session, such as es-10. It can be given several times. By default all emergency special sessions.",
        };
        var from = new Option<string>("--from")
        {
            Description =
                "Only resolutions that were voted on since this day. Earlier ones are the record for the first forecasts.",
            DefaultValueFactory = _ => Since.ToString("O", CultureInfo.InvariantCulture),
        };
        var source = new Option<string>("--source")
        {
            Description = "library: only the UN's record; all: also the roll calls that the campaign entered.",
            DefaultValueFactory = _ => EnumWord<RecordSource>.ToWord(RecordSource.Library),
        };
        var reveal = new Option<string?>("--reveal")
        {
            Description =
                "Also prints the accuracy if that many votes of each resolution are known, such as 20,60,100: in random order, and in the order of ask-next.",
        };
        var backtest = new Command(
            "backtest",
            "Forecasts recorded resolutions, each only from earlier votes, and prints the accuracy."
        )
        {
            sessions,
            from,
            source,
            reveal,
        };
        backtest.SetAction(
            async (arguments, _) =>
            {
                var since = arguments.GetValue(from);
                if (!DateOnly.TryParseExact(since, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                {
                    throw new SettingException($"--from must be a day such as 2017-01-01, not '{since}'.");
                }
                if (!EnumWord<RecordSource>.TryParse(arguments.GetValue(source), out var sources))
                {
                    throw new SettingException(
                        $"--source must be one of {string.Join(", ", EnumWord<RecordSource>.All)}, not '{arguments.GetValue(source)}'."
                    );
                }
                var reveals = RevealTable.Parse(arguments.GetValue(reveal));
                var provider = services(arguments);
                var db = provider.GetRequiredService<Db>();
                await provider.GetRequiredService<Maintenance>().Migrate();
                await provider.GetRequiredService<LoadRecord>().Handle();
                var pastVotes = provider.GetRequiredService<VotingRecordCache>();
                var record = await db.Read(c => pastVotes.Load(c, sources == RecordSource.All));
                var requested = arguments.GetValue(sessions) ?? [];
                if (
                    requested.FirstOrDefault(id => record.Resolutions.All(resolution => resolution.Session != id)) is
                    { } unknown
                )
                {
                    throw new SettingException($"No resolution of a session '{unknown}' has a roll call with names.");
                }
                var resolutions = Backtest.Run(record, IsSelected);
                if (resolutions.Count == 0)
                {
                    throw new SettingException(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"No resolution has a roll call with names since {day:O}."
                        )
                    );
                }
                var output = arguments.InvocationConfiguration.Output;
                await output.WriteLineAsync($"Database: {db.Location}");
                await output.WriteLineAsync();
                await Print(output, resolutions);
                if (reveals.Count > 0)
                {
                    await RevealTable.Print(output, record, IsSelected, reveals);
                }
                return 0;

                bool IsSelected(PastResolution resolution) =>
                    resolution.Day >= day
                    && (
                        requested.Length == 0
                            ? resolution.Session.StartsWith(Emergency, StringComparison.Ordinal)
                            : requested.Contains(resolution.Session, StringComparer.Ordinal)
                    );
            }
        );
        return backtest;
    }

    // A Markdown table. The last line is the mean of the forecasts, which programs read.
    private static async Task Print(TextWriter output, IReadOnlyList<BacktestedResolution> resolutions)
    {
        await output.WriteLineAsync(
            "| resolution | voted on | names | forecast | as in the last resolution | most frequent vote |"
        );
        await output.WriteLineAsync("|---|---|---|---|---|---|");
        foreach (var resolution in resolutions)
        {
            await output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| `{resolution.Resolution}` | {resolution.Day:O} | {resolution.Names} | {Cell(resolution.Forecast)} | {Cell(resolution.AsLastResolution)} | {Cell(resolution.MostFrequent)} |"
                )
            );
        }
        var mean = Accuracy.Mean([.. resolutions.Select(t => t.Forecast)]);
        var last = Accuracy.Mean([.. resolutions.Select(t => t.AsLastResolution)]);
        var frequent = Accuracy.Mean([.. resolutions.Select(t => t.MostFrequent)]);
        await output.WriteLineAsync($"| mean | | | {Cell(mean)} | {Cell(last)} | {Cell(frequent)} |");
        await output.WriteLineAsync();
        await output.WriteLineAsync(
            "Each cell: log loss / Brier score / share of the states whose likeliest outcome was their vote."
        );
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"log-loss {mean.LogLoss:0.000} brier {mean.Brier:0.000} accuracy {mean.Share:0.000} texts {resolutions.Count}"
            )
        );
    }

    private static string Cell(Accuracy accuracy) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{accuracy.LogLoss:0.000} / {accuracy.Brier:0.000} / {accuracy.Share:0.000}"
        );
}
