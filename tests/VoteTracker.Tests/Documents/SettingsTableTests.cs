using System.Globalization;
using System.Reflection;

namespace VoteTracker.Tests.Documents;

/// <summary>The table of settings is the program's.</summary>
public sealed class SettingsTableTests
{
    private const string Begin = "<!-- The table below is made from the class Settings. -->\n";
    private const string End = "<!-- The table above is made from the class Settings. -->\n";

    [Test]
    public void The_settings_table_is_the_programs()
    {
        var file = Path.Combine(Repository.Root, "src", "operations", "README.md");
        var text = File.ReadAllText(file);
        var (begin, end) = (
            text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length,
            text.IndexOf(End, StringComparison.Ordinal)
        );
        begin.ShouldBeGreaterThan(Begin.Length);
        var settings = typeof(Settings).GetProperties(BindingFlags.Public | BindingFlags.Instance);
        settings.Length.ShouldBeGreaterThan(5);
        var defaults = new Settings();
        var table =
            "\n| setting | default | description |\n|---|---|---|\n"
            + string.Concat(settings.Select(s => $"{Row(s, defaults)}\n"))
            + "\n";
        if (Environment.GetEnvironmentVariable("VOTETRACKER_TESTS_REFRESH") == "1")
        {
            File.WriteAllText(file, text[..begin] + table + text[end..]);
            return;
        }
        text[begin..end]
            .ShouldBe(
                table,
                "The table in src/operations/README.md differs from the class Settings. Refresh it: "
                    + "VOTETRACKER_TESTS_REFRESH=1 dotnet test --filter The_settings_table_is_the_programs"
            );
    }

    private static string Row(PropertyInfo setting, Settings defaults)
    {
        var value = Convert.ToString(setting.GetValue(defaults), CultureInfo.InvariantCulture);
        var description = setting.GetCustomAttribute<System.ComponentModel.DescriptionAttribute>()!.Description;
        return $"| `{setting.Name}` | {(string.IsNullOrEmpty(value) ? "none" : $"`{value}`")} | {description} |";
    }
}
