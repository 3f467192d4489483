using System.CommandLine;
using System.Globalization;
using VoteTracker.Database;
using VoteTracker.Features.Record;
using VoteTracker.Live;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Forecasts;

/// <summary>
/// `VoteTracker backtest`: forecasts texts of the past, each from the texts voted before it alone, and prints how good
/// that was, beside two simple guesses.
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
                "Only texts of this session, such as es-10; may be given several times. All emergency ones by default.",
        };
        var from = new Option<string>("--from")
        {
            Description =
                "Only texts voted on this day and later; earlier ones are what the first forecasts are made from.",
            DefaultValueFactory = _ => Since.ToString("O", CultureInfo.InvariantCulture),
        };
        var source = new Option<string>("--source")
        {
            Description = "library: the UN's record alone; all: also the roll calls that the campaign entered.",
            DefaultValueFactory = _ => EnumWord<RecordSource>.ToWord(RecordSource.Library),
        };
        var backtest = new Command(
            "backtest",
            "Forecasts texts of the record, each from those voted before it, and says how good that was."
        )
        {
            sessions,
            from,
            source,
        };
        backtest.SetAction(
            async (arguments, _) =>
            {
                var since = arguments.GetValue(from);
                if (!DateOnly.TryParseExact(since, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                {
                    throw new SettingException($"--from must be a day such as 2017-01-01; '{since}' is none.");
                }
                if (!EnumWord<RecordSource>.TryParse(arguments.GetValue(source), out var sources))
                {
                    throw new SettingException(
                        $"--source must be one of {string.Join(", ", EnumWord<RecordSource>.All)}; '{arguments.GetValue(source)}' is neither."
                    );
                }
                var provider = services(arguments);
                var db = provider.GetRequiredService<Db>();
                await provider.GetRequiredService<Maintenance>().Migrate();
                await provider.GetRequiredService<LoadRecord>().Handle();
                var pastVotes = provider.GetRequiredService<VotingRecordCache>();
                var record = await db.Read(c => pastVotes.Load(c, sources == RecordSource.All));
                var asked = arguments.GetValue(sessions) ?? [];
                if (asked.FirstOrDefault(id => record.Resolutions.All(text => text.Session != id)) is { } none)
                {
                    throw new SettingException($"No text of a session '{none}' has a roll call with names.");
                }
                var texts = Backtest.Run(
                    record,
                    text =>
                        text.Day >= day
                        && (
                            asked.Length == 0
                                ? text.Session.StartsWith(Emergency, StringComparison.Ordinal)
                                : asked.Contains(text.Session, StringComparer.Ordinal)
                        )
                );
                if (texts.Count == 0)
                {
                    throw new SettingException(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"No text has a roll call with names since {day:O}."
                        )
                    );
                }
                var output = arguments.InvocationConfiguration.Output;
                await output.WriteLineAsync($"Database: {db.Location}");
                await output.WriteLineAsync();
                await Print(output, texts);
                return 0;
            }
        );
        return backtest;
    }

    // A table that a README takes as it is; the last line is the forecast's mean, for scripts.
    private static async Task Print(TextWriter output, IReadOnlyList<BacktestedResolution> texts)
    {
        await output.WriteLineAsync(
            "| text | voted on | names | forecast | as in the last text | most frequent vote |"
        );
        await output.WriteLineAsync("|---|---|---|---|---|---|");
        foreach (var text in texts)
        {
            await output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| `{text.Resolution}` | {text.Day:O} | {text.Names} | {Cell(text.Forecast)} | {Cell(text.AsLastResolution)} | {Cell(text.MostFrequent)} |"
                )
            );
        }
        var mean = Accuracy.Mean([.. texts.Select(t => t.Forecast)]);
        var last = Accuracy.Mean([.. texts.Select(t => t.AsLastResolution)]);
        var frequent = Accuracy.Mean([.. texts.Select(t => t.MostFrequent)]);
        await output.WriteLineAsync($"| mean | | | {Cell(mean)} | {Cell(last)} | {Cell(frequent)} |");
        await output.WriteLineAsync();
        await output.WriteLineAsync(
            "Each cell: log loss / Brier score / share of states whose likeliest outcome is what they did."
        );
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"log-loss {mean.LogLoss:0.000} brier {mean.Brier:0.000} accuracy {mean.Share:0.000} texts {texts.Count}"
            )
        );
    }

    private static string Cell(Accuracy accuracy) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{accuracy.LogLoss:0.000} / {accuracy.Brier:0.000} / {accuracy.Share:0.000}"
        );
}
