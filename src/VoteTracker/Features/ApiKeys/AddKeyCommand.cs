using System.CommandLine;
using System.Globalization;
using VoteTracker.Database;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.ApiKeys;

/// <summary>`VoteTracker key add --role admin`: for whoever lost theirs; who can read the database's file may.</summary>
internal static class AddKeyCommand
{
    private const string Signature = "command line";

    public static Command Create(Func<ParseResult, IServiceProvider> services)
    {
        var role = new Option<string>("--role")
        {
            Description = $"What it may do: {string.Join(", ", EnumWord<KeyRole>.All)}.",
            Required = true,
        };
        role.AcceptOnlyFromAmong([.. EnumWord<KeyRole>.All]);
        var label = new Option<string?>("--label")
        {
            Description = $"Whose it is: it signs what the key changes. 'command line' and a number without it.",
        };
        var add = new Command("add", "Makes a key and prints it, this once.") { role, label };
        add.SetAction(
            async (arguments, _) =>
            {
                var given = arguments.GetValue(label);
                if (given is not null && KeyLabel.FindFault(given) is { } fault)
                {
                    throw new SettingException($"--label {fault}.");
                }
                var provider = services(arguments);
                var db = provider.GetRequiredService<Db>();
                await provider.GetRequiredService<Maintenance>().Migrate();
                var issued = await db.Write(async write =>
                    await IssuedKey.Issue(
                        write,
                        EnumWord<KeyRole>.Parse(arguments.GetRequiredValue(role)),
                        await Free(write, given),
                        expiresAt: null,
                        by: Signature
                    )
                );
                await arguments.InvocationConfiguration.Output.WriteLineAsync(issued.Key);
                return 0;
            }
        );
        return new Command("key", "Makes keys.") { add };
    }

    // The label that was given; else the first one with a number that no key has.
    private static async Task<string> Free(Write write, string? given)
    {
        if (given is not null)
        {
            return !await KeyLabel.IsTaken(write.Connection, given)
                ? given
                : throw new SettingException(
                    "Another key, valid or revoked, has this label: choose another one with --label."
                );
        }
        var label = Signature;
        for (var number = 2; await KeyLabel.IsTaken(write.Connection, label); number++)
        {
            label = string.Create(CultureInfo.InvariantCulture, $"{Signature} {number}");
        }
        return label;
    }
}
