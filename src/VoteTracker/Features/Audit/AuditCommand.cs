using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using VoteTracker.Database;
using VoteTracker.Database.Audit;

namespace VoteTracker.Features.Audit;

/// <summary>
/// `VoteTracker audit verify` checks the chain of the audit, also of a service that runs. `VoteTracker audit erase TEXT`
/// erases a text from its entries.
/// </summary>
internal static class AuditCommand
{
    private const string NoAudit = "The database has no audit. Does --Database name the right one?";

    public static Command Create(Func<ParseResult, IServiceProvider> services) =>
        new("audit", "Checks the audit, and erases texts from it.") { CreateVerify(services), CreateErase(services) };

    private static Command CreateVerify(Func<ParseResult, IServiceProvider> services)
    {
        var head = new Option<bool>("--head")
        {
            Description = "Print only the number and the hash of the last entry, to note them elsewhere.",
        };
        var expect = new Option<string?>("--expect")
        {
            Description = "An entry that was noted with --head, as NUMBER:HASH. It must still be in the chain.",
        };
        var verify = new Command("verify", "Checks every entry. Exits with 1 if one is missing or was changed.")
        {
            head,
            expect,
        };
        verify.SetAction(
            async (arguments, _) =>
            {
                var expected = arguments.GetValue(expect) is { } text ? Parse(text) : (AuditHead?)null;
                var check = await Verify(services(arguments), expected);
                var output = arguments.InvocationConfiguration.Output;
                if (check.Fault is { } fault)
                {
                    await output.WriteLineAsync(fault);
                    return 1;
                }
                await output.WriteLineAsync(
                    arguments.GetValue(head)
                        ? string.Create(CultureInfo.InvariantCulture, $"{check.Head.Seq}:{check.Head.Hash}")
                        : Describe(check)
                );
                return 0;
            }
        );
        return verify;
    }

    private static Command CreateErase(Func<ParseResult, IServiceProvider> services)
    {
        var text = new Argument<string>("TEXT")
        {
            Description =
                "An author, an address, or an id in a target. Every entry that has it keeps a digest instead.",
        };
        var erase = new Command("erase", "Erases a text from the entries. The chain stays valid.") { text };
        erase.SetAction(
            async (arguments, _) =>
            {
                var provider = services(arguments);
                await RequireDatabase(provider);
                await provider.GetRequiredService<Maintenance>().Migrate();
                AuditScope.Begin(new ServiceScope("command audit erase", "audit erase"));
                var erased = await AuditErasure.Erase(
                    provider.GetRequiredService<Db>(),
                    arguments.GetRequiredValue(text)
                );
                await arguments.InvocationConfiguration.Output.WriteLineAsync(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Erased from {erased:N0} {(erased == 1 ? "entry" : "entries")}."
                    )
                );
                return 0;
            }
        );
        return erase;
    }

    private static async Task<AuditCheck> Verify(IServiceProvider provider, AuditHead? expected)
    {
        await RequireDatabase(provider);
        try
        {
            return await provider.GetRequiredService<Db>().Read(connection => AuditCheck.Run(connection, expected));
        }
        catch (DbException exception) when (Db.Classify(exception) == DbFailure.Statement)
        {
            throw new SettingException("The database has no audit yet. The first start of this version creates it.");
        }
    }

    private static async Task RequireDatabase(IServiceProvider provider)
    {
        if (await provider.GetRequiredService<Maintenance>().IsEmpty())
        {
            throw new SettingException(NoAudit);
        }
    }

    private static AuditHead Parse(string text) =>
        text.Split(':') is [var number, var hash]
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
        && hash.Length == AuditHash.Zero.Length
        && hash.All(char.IsAsciiHexDigitLower)
            ? new AuditHead(seq, hash)
            : throw new SettingException(
                $"--expect must be the output of audit verify --head, such as 12:{AuditHash.Zero}; found '{text}'."
            );

    private static string Describe(AuditCheck check) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"The audit is complete: {check.Entries:N0} {(check.Entries == 1 ? "entry" : "entries")} from number {check.First:N0}, {check.Erased:N0} erased {(check.Erased == 1 ? "text" : "texts")}."
        );
}
