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
/// and of the plain model and three simple guesses.
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
        var earlierDays = new Option<bool>("--earlier-days")
        {
            Description =
                "Only votes of earlier days are known. By default, also those of the same day with a lower number.",
        };
        var table = new Option<bool>("--table")
        {
            Description =
                "Also prints how reliable and how sharp the forecasts were: for each tenth of the probabilities, their number, their mean, and how often they came true.",
        };
        var backtest = new Command(
            "backtest",
            "Forecasts recorded resolutions, each only from earlier votes, and prints the accuracy."
        )
        {
            sessions,
            from,
            source,
            earlierDays,
            table,
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
                var resolutions = Backtest.Run(
                    record,
                    resolution =>
                        resolution.Day >= day
                        && (
                            requested.Length == 0
                                ? resolution.Session.StartsWith(Emergency, StringComparison.Ordinal)
                                : requested.Contains(resolution.Session, StringComparer.Ordinal)
                        ),
                    arguments.GetValue(earlierDays)
                );
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
                await BacktestTables.Print(output, resolutions, arguments.GetValue(table));
                return 0;
            }
        );
        return backtest;
    }
}
