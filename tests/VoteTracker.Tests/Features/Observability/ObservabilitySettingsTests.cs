using Microsoft.Extensions.Configuration;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Features.Observability;

/// <summary>Wrong settings of metrics, traces and logs.</summary>
public sealed class ObservabilitySettingsTests
{
    [TestCase("LogFormat", "xml", "LogFormat must be text or json, not 'xml'.")]
    [TestCase("TraceRatio", "1.5", "TraceRatio must be from 0 to 1, not 1.5.")]
    [TestCase("TraceRatio", "NaN", "TraceRatio must be from 0 to 1, not NaN.")]
    [TestCase("TraceRatio", "half", "'half' at 'TraceRatio'")]
    [TestCase("Metrics", "maybe", "'maybe' at 'Metrics'")]
    [TestCase("OtlpEndpoint", "collector:4318", "OtlpEndpoint must be an address such as http://127.0.0.1:4318")]
    [TestCase("OtlpEndpoint", "/v1/traces", "OtlpEndpoint must be an address such as http://127.0.0.1:4318")]
    [TestCase("OtlpEndpoint", "http://user:password@collector", "without a user")]
    public void A_wrong_setting_is_reported_in_a_sentence(string name, string value, string sentence)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { [name] = value })
            .Build();
        var message = Should.Throw<SettingException>(() => Settings.From(configuration)).Message;
        message.ShouldContain(sentence);
        message.ShouldNotContain("password@");
    }

    [TestCase("--Metrics", "maybe")]
    [TestCase("--LogFormat", "xml")]
    public async Task The_program_ends_with_2_and_prints_one_line(string name, string value)
    {
        using var folder = new Folder();
        var (exitCode, output) = await Service.Run(folder, ["--Urls", "http://127.0.0.1:0", name, value]);
        exitCode.ShouldBe(2, output);
        output.Trim().Split('\n').Length.ShouldBe(1, output);
        output.ShouldContain(value);
    }
}
