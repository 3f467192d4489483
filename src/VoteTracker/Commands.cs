using System.CommandLine;
using VoteTracker.Database;
using VoteTracker.Endpoints.Server;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Audit;
using VoteTracker.Features.Backup;
using VoteTracker.Features.Doctor;
using VoteTracker.Features.Forecasts;
using VoteTracker.Features.Imports;

namespace VoteTracker;

/// <summary>
/// The commands of the program, such as `backup`, `migrate`, `key add`, `doctor` and `backtest`. They use the same
/// settings as the service, such as `--Database …`.
/// </summary>
internal static class Commands
{
    private static readonly string[] Help = ["--help", "-h", "-?", "--version"];

    /// <summary>Whether the command line names a command, existing or not. With settings only, the program serves.</summary>
    public static bool AreRequested(string[] args) =>
        args is [var first, ..] && (Help.Contains(first, StringComparer.Ordinal) || IsWord(first));

    public static async Task<int> Run(string[] args, Func<string[], WebApplicationBuilder> configure)
    {
        WebApplication? app = null;
        IServiceProvider Services(ParseResult arguments)
        {
            CheckSettings(arguments.UnmatchedTokens);
            var builder = configure([.. arguments.UnmatchedTokens]);
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            // The command itself reports the faults of the database in one line.
            builder.Logging.AddFilter(typeof(Db).Namespace, LogLevel.None);
            // No command serves TLS. `doctor` reports the end of certificates itself.
            builder.Logging.AddFilter(typeof(ServerCertificate).FullName, LogLevel.None);
            return (app = builder.Build()).Services;
        }

        var root = new RootCommand(
            "Counts votes in the UN General Assembly. Without a command, it serves the API. src/operations/README.md lists the settings."
        )
        {
            AuditCommand.Create(Services),
            BackupCommand.Create(Services),
            VerifyCommand.Create(Services),
            RestoreCommand.Create(Services),
            CopyCommand.Create(Services),
            MigrateCommand.Create(Services),
            AddKeyCommand.Create(Services),
            ImportRollCallsCommand.Create(Services),
            BacktestCommand.Create(Services),
            DoctorCommand.Create(Services),
        };
        if (IsWord(args[0]) && root.Subcommands.All(c => c.Name != args[0]))
        {
            throw new SettingException(
                $"There is no command '{args[0]}'. The commands are {string.Join(", ", root.Subcommands.Select(c => c.Name))}."
            );
        }
        foreach (var command in root.Subcommands.Append(root).SelectMany(c => c.Subcommands.Append(c)))
        {
            // Every command accepts settings as options. The configuration reads them.
            command.TreatUnmatchedTokensAsErrors = false;
        }
        try
        {
            return await root.Parse(args)
                .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        finally
        {
            if (app is not null)
            {
                await app.DisposeAsync();
            }
        }
    }

    // Settings are --Name value, --Name=value, /Name value or Name=value.
    private static bool IsWord(string arg) =>
        arg is [not ('-' or '/'), ..] && !arg.Contains('=', StringComparison.Ordinal);

    // With a misspelt --Database, the command would use another database or create one.
    private static void CheckSettings(IReadOnlyList<string> tokens)
    {
        var known = typeof(Settings).GetProperties().Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (
            tokens.FirstOrDefault(t => t.StartsWith('-') && !known.Contains(t.TrimStart('-').Split('=')[0])) is
            { } token
        )
        {
            throw new SettingException(
                $"There is no option {token}. --help lists the options, and src/operations/README.md lists the settings."
            );
        }
    }
}
