using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using VoteTracker.Database;

namespace VoteTracker.Features.Backup;

/// <summary>
/// `VoteTracker copy --from … --to …`: copies a campaign from one database to another, SQLite or PostgreSQL, in one
/// transaction.
/// </summary>
internal static class CopyCommand
{
    private const int Width = 40;

    public static Command Create(Func<ParseResult, IServiceProvider> services)
    {
        var from = new Option<string>("--from")
        {
            Description = "The connection string of the source.",
            Required = true,
        };
        var to = new Option<string>("--to") { Description = "The connection string of the target.", Required = true };
        var copy = new Command("copy", "Copies a campaign into an empty database, on SQLite or PostgreSQL.")
        {
            from,
            to,
        };
        copy.SetAction(
            async (arguments, stop) =>
            {
                var provider = services(arguments);
                var settings = provider.GetRequiredService<Settings>();
                using var source = Open(provider, settings, Existing(arguments.GetRequiredValue(from)));
                var clock = provider.GetRequiredService<TimeProvider>();
                if (await new Maintenance(source, clock).IsEmpty())
                {
                    throw new SettingException("There is nothing in the source. Does --from name the right one?");
                }
                using var target = Open(provider, settings, arguments.GetRequiredValue(to));
                var maintenance = new Maintenance(target, clock);
                await maintenance.PrepareTarget();
                if (await CopyEntry.TryAdd(source, "command copy", "copy") is { } missing)
                {
                    await Console.Error.WriteLineAsync(missing);
                }
                await target.Keys.CopyFrom(source.Keys);
                var bar = new ProgressBar(Console.Error, Console.IsErrorRedirected);
                var copied = await maintenance.CopyFrom(source, bar.Show, stop);
                bar.Clear();
                var output = arguments.InvocationConfiguration.Output;
                foreach (var table in copied)
                {
                    await output.WriteLineAsync(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{table.Name}: {table.Source.Rows:N0} rows, {table.Source.Hash}{(table.IsSame ? "" : $"; the target has {table.Target.Rows:N0} rows, {table.Target.Hash}")}"
                        )
                    );
                }
                if (await target.Keys.HasKeys())
                {
                    await output.WriteLineAsync(target.Keys.Protection.Describe());
                }
                if (copied.All(table => table.IsSame))
                {
                    await output.WriteLineAsync("All tables were copied, and are the same in both databases.");
                    return 0;
                }
                await output.WriteLineAsync("The target differs from the source. Do not use it.");
                return 1;
            }
        );
        return copy;
    }

    private static Db Open(IServiceProvider provider, Settings settings, string database) =>
        new(
            settings with
            {
                Database = database,
            },
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<Db>>()
        );

    // A source that does not exist is not created.
    private static string Existing(string database) => Db.NamesHost(database) ? database : $"{database};Mode=ReadWrite";

    private sealed class ProgressBar(TextWriter terminal, bool isPlain)
    {
        private readonly Stopwatch _elapsed = Stopwatch.StartNew();
        private TimeSpan _nextUpdate;

        public void Show(string table, long done, long all)
        {
            if (_elapsed.Elapsed < _nextUpdate)
            {
                return;
            }
            _nextUpdate = _elapsed.Elapsed + (isPlain ? TimeSpan.FromSeconds(1) : TimeSpan.FromMilliseconds(100));
            var share = all == 0 ? 1 : (double)done / all;
            var text = string.Create(CultureInfo.InvariantCulture, $"{share:P0}, {done:N0} rows, {table}");
            var filled = (int)(share * Width);
            terminal.Write(
                isPlain ? text + "\n" : $"\r[{new string('#', filled)}{new string('.', Width - filled)}] {text}\u001b[K"
            );
        }

        public void Clear() => terminal.Write(isPlain ? "" : "\r\u001b[K");
    }
}
