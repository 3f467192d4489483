using System.CommandLine;
using System.Globalization;
using VoteTracker.Database;
using VoteTracker.Database.Audit;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.ApiKeys;

/// <summary>`VoteTracker key add --role admin` replaces a lost key. It needs access to the database.</summary>
internal static class AddKeyCommand
{
    private const string DefaultLabel = "command line";

    public static Command Create(Func<ParseResult, IServiceProvider> services)
    {
        var role = new Option<string>("--role")
        {
            Description = $"The role of the key: {string.Join(", ", EnumWord<KeyRole>.All)}.",
            Required = true,
        };
        role.AcceptOnlyFromAmong([.. EnumWord<KeyRole>.All]);
        var label = new Option<string?>("--label")
        {
            Description = "The author of the changes that the key makes. The default is 'command line' and a number.",
        };
        var add = new Command("add", "Creates a key and prints it once.") { role, label };
        add.SetAction(
            async (arguments, _) =>
            {
                var requested = arguments.GetValue(label);
                if (requested is not null && KeyLabel.FindFault(requested) is { } fault)
                {
                    throw new SettingException($"--label {fault}.");
                }
                var provider = services(arguments);
                var db = provider.GetRequiredService<Db>();
                await provider.GetRequiredService<Maintenance>().Migrate();
                var settings = provider.GetRequiredService<Settings>();
                AuditScope.Begin(new ServiceScope("command key add", "key add"));
                var issued = await db.Write(async write =>
                    await IssuedKey.Issue(
                        write,
                        new NewKey(
                            EnumWord<KeyRole>.Parse(arguments.GetRequiredValue(role)),
                            await FindFreeLabel(write, requested)
                        )
                        {
                            ExpiresAt = NewKey.DefaultExpiry(settings, write.Now),
                        },
                        by: DefaultLabel
                    )
                );
                await arguments.InvocationConfiguration.Output.WriteLineAsync(issued.Key);
                return 0;
            }
        );
        return new Command("key", "Creates keys.") { add };
    }

    // The requested label, or the first numbered one that no key has.
    private static async Task<string> FindFreeLabel(Write write, string? requested)
    {
        if (requested is not null)
        {
            return !await KeyLabel.IsTaken(write.Connection, requested)
                ? requested
                : throw new SettingException(
                    "Another key, valid or revoked, has this label. Choose another one with --label."
                );
        }
        var label = DefaultLabel;
        for (var number = 2; await KeyLabel.IsTaken(write.Connection, label); number++)
        {
            label = string.Create(CultureInfo.InvariantCulture, $"{DefaultLabel} {number}");
        }
        return label;
    }
}
