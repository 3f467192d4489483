using System.CommandLine;
using VoteTracker.Database;
using VoteTracker.Voting;

namespace VoteTracker.Features.ApiKeys;

/// <summary>`VoteTracker key add --role admin`: for whoever lost theirs; who can read the database's file may.</summary>
internal static class AddKeyCommand
{
    public static Command Create(Func<ParseResult, IServiceProvider> services)
    {
        var role = new Option<string>("--role")
        {
            Description = $"What it may do: {string.Join(", ", Words<KeyRole>.All)}.",
            Required = true,
        };
        role.AcceptOnlyFromAmong([.. Words<KeyRole>.All]);
        var label = new Option<string>("--label")
        {
            Description = "Whose it is: it signs what the key changes.",
            DefaultValueFactory = _ => "command line",
        };
        var add = new Command("add", "Makes a key and prints it, this once.") { role, label };
        add.SetAction(
            async (arguments, _) =>
            {
                var db = services(arguments).GetRequiredService<Db>();
                await db.Migrate();
                var issued = await db.Write(write =>
                    IssuedKey.Issue(
                        write,
                        Words<KeyRole>.Parse(arguments.GetRequiredValue(role)),
                        arguments.GetRequiredValue(label),
                        expiresAt: null,
                        by: "command line"
                    )
                );
                await arguments.InvocationConfiguration.Output.WriteLineAsync(issued.Key);
                return 0;
            }
        );
        return new Command("key", "Makes keys.") { add };
    }
}
