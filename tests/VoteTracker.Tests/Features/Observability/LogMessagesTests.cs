using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;
using VoteTracker.Tests.Conventions;

namespace VoteTracker.Tests.Features.Observability;

/// <summary>Messages of the log have no data of the campaign.</summary>
[EveryEngine]
public sealed partial class LogMessagesTests
{
    /// <summary>What a message may have. None of these is a text that a user has entered.</summary>
    private static readonly string[] Allowed =
    [
        "Bytes",
        "Contacts",
        "Count",
        "Days",
        // Why the bytes of a body could not be read, without the bytes.
        "Fault",
        // A backup in the folder of the settings.
        "File",
        "Id",
        "Kind",
        // The version of the reference data.
        "Known",
        "Message",
        "Metric",
        "Milliseconds",
        "Moment",
        "NotAfter",
        "Reading",
        "Reason",
        "Rows",
        "Step",
        "Table",
        // A resolution of the reference data.
        "Resolution",
        "Route",
        "Seconds",
        "Server",
        "Stack",
        "Summary",
    ];

    [AnyEngine]
    [Test]
    public void A_message_has_only_values_of_the_list()
    {
        var messages = Source.Files("").SelectMany(file => Find(file.Text).Select(text => (file.Name, text))).ToList();
        messages.Count.ShouldBeGreaterThan(15);
        messages
            .SelectMany(m => Value().Matches(m.text).Select(value => (m.Name, Value: value.Groups["name"].Value)))
            .Where(m => !Allowed.Contains(m.Value, StringComparer.Ordinal))
            .Select(m => $"{m.Name} logs {m.Value}")
            .ShouldBeEmpty("add a value to the list only if it cannot be a text that a user has entered");
    }

    [AnyEngine]
    [Test]
    public void A_message_is_a_constant()
    {
        Source
            .Files("")
            .SelectMany(file => Interpolated().Matches(file.Text).Select(match => $"{file.Name}: {match.Value}"))
            .ShouldBeEmpty();
        Interpolated().IsMatch("log.LogError(exception, $\"The note {note} is wrong.\")").ShouldBeTrue();
        Find("log.LogError(exception, \"The note {Note} is wrong.\")").ShouldBe(["The note {Note} is wrong."]);
    }

    // PostgreSQL puts the values of a violated constraint into the details of the error.
    [Test]
    public async Task The_error_of_a_violated_constraint_has_no_value()
    {
        var settings = Databases.ArePostgres ? ";Include Error Detail=true" : "";
        using var folder = new Process.Folder();
        Databases.CopyTemplate(folder);
        using var app = new App(
            folder: folder,
            settings: new() { ["Database"] = Databases.Setting(folder) + settings }
        );
        var db = app.Services.GetRequiredService<Db>();
        var failure = await Should.ThrowAsync<System.Data.Common.DbException>(() =>
            db.Write(async write =>
            {
                await Dapper.SqlMapper.ExecuteAsync(
                    write.Connection,
                    "CREATE TEMPORARY TABLE once (name TEXT PRIMARY KEY)"
                );
                const string insert = "INSERT INTO once (name) VALUES (@name)";
                await Dapper.SqlMapper.ExecuteAsync(write.Connection, insert, new { name = "Quokka" });
                return await Dapper.SqlMapper.ExecuteAsync(write.Connection, insert, new { name = "Quokka" });
            })
        );
        failure.ToString().ShouldContain("once");
        failure.ToString().ShouldNotContain("Quokka");
    }

    private static IEnumerable<string> Find(string source) =>
        Call().Matches(source).Select(match => match.Groups["text"].Value);

    [GeneratedRegex(
        @"\.Log(Trace|Debug|Information|Warning|Error|Critical)\(\s*([A-Za-z.]+,\s*)?""(?<text>[^""]*)""",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Call();

    [GeneratedRegex(
        @"\.Log(Trace|Debug|Information|Warning|Error|Critical)\(\s*([A-Za-z.]+,\s*)?\$[^;]*",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Interpolated();

    [GeneratedRegex(@"\{(?<name>[A-Za-z]+)[^}]*\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Value();
}
