using System.CommandLine;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Backup;

namespace VoteTracker;

/// <summary>What the program does besides serving: `backup` and `key add`. The settings are the same: `--Database …`.</summary>
internal static class Commands
{
    private static readonly string[] Names = ["backup", "key", "--help", "-h", "-?", "--version"];

    /// <summary>Whether the command line names one of them.</summary>
    public static bool Asked(string[] args) => args is [var first, ..] && Names.Contains(first, StringComparer.Ordinal);

    public static async Task<int> Run(string[] args, Func<string[], WebApplicationBuilder> configure)
    {
        WebApplication? app = null;
        IServiceProvider Services(ParseResult arguments)
        {
            var builder = configure([.. arguments.UnmatchedTokens]);
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            return (app = builder.Build()).Services;
        }

        var root = new RootCommand(
            "Counts votes in the UN General Assembly. Without a command, serves the API; settings are in the README."
        )
        {
            BackupCommand.Create(Services),
            AddKeyCommand.Create(Services),
        };
        foreach (var command in root.Subcommands.Append(root).SelectMany(c => c.Subcommands.Append(c)))
        {
            // Settings are options of every command; they are read as configuration.
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
}
