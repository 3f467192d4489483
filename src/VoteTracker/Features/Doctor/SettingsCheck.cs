using System.Collections;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration.Json;
using VoteTracker.Endpoints.Binding;

namespace VoteTracker.Features.Doctor;

/// <summary>Names of settings that mean nothing, and secrets in places where others can read them.</summary>
internal sealed class SettingsCheck : ICheck
{
    private const string Check = "settings";
    private const string Prefix = "VOTETRACKER_";

    // Sections that the framework reads.
    private static readonly string[] OfFramework =
    [
        "Logging",
        "Kestrel",
        "AllowedHosts",
        "Environment",
        "ContentRoot",
        "ApplicationName",
        "HostBuilder",
    ];

    public Task<IReadOnlyList<Finding>> Run(Examination examination)
    {
        var settings = examination.Settings;
        List<Finding> found =
        [
            .. FindUnknownNames(examination.Configuration),
            .. FindExposedKeys(settings),
            .. FindFirstKey(settings),
        ];
        if (Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows())
        {
            found.Add(
                Finding.Warning(
                    Check,
                    "doctor runs as root, which may read and write everything.",
                    "Run it as the user of the service: sudo -u votetracker VoteTracker doctor."
                )
            );
        }
        var defaults = new Settings();
        var changed = typeof(Settings)
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => !Equals(p.GetValue(settings), p.GetValue(defaults)))
            .Select(p => p.Name)
            .ToList();
        found.Insert(
            0,
            Finding.Ok(
                Check,
                $"All values are valid. {(changed.Count == 0 ? "All are the defaults." : $"Not the defaults: {string.Join(", ", changed)}.")}"
            )
        );
        return Task.FromResult<IReadOnlyList<Finding>>(found);
    }

    private static IEnumerable<Finding> FindUnknownNames(IConfiguration configuration)
    {
        var known = typeof(Settings)
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(p => p.Name)
            .ToList();
        var variables = Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Select(variable => (string)variable.Key)
            .Where(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            .Select(name => (Place: "The variable", Name: name, Setting: name[Prefix.Length..].Split("__")[0]));
        var files = ((IConfigurationRoot)configuration)
            .Providers.OfType<JsonConfigurationProvider>()
            .SelectMany(file => file.GetChildKeys([], parentPath: null))
            .Select(name => (Place: "The entry of appsettings.json", Name: name, Setting: name));
        return variables
            .Concat(files)
            .Where(used => !known.Concat(OfFramework).Contains(used.Setting, StringComparer.OrdinalIgnoreCase))
            .DistinctBy(used => used.Name)
            .OrderBy(used => used.Name, StringComparer.Ordinal)
            .Select(used =>
                Finding.Warning(
                    Check,
                    $"{used.Place} {used.Name} is not a setting, and has no effect.",
                    ClosestName.Find(used.Setting, known) is { } closest
                        ? $"Remove it, or name it {(used.Place == "The variable" ? Prefix + closest.ToUpperInvariant() : closest)}."
                        : "Remove it. src/operations/README.md lists the settings."
                )
            );
    }

    private static IEnumerable<Finding> FindExposedKeys(Settings settings)
    {
        if (settings.AdminKey is not null && string.IsNullOrEmpty(settings.AdminKeyFile))
        {
            yield return Finding.Warning(
                Check,
                "AdminKey is in the command line, the environment or appsettings.json, where other programs may read it.",
                "Write the key to a file with mode 0600, and set AdminKeyFile instead."
            );
        }
        foreach (var file in (string?[])[settings.AdminKeyFile, settings.FirstKeyFile])
        {
            if (!string.IsNullOrEmpty(file) && File.Exists(file) && IsReadableByOthers(file))
            {
                yield return Finding.Error(
                    Check,
                    $"Other users can read the key file {file}.",
                    $"chmod 600 {file}. Replace the key if another user may have read it."
                );
            }
        }
    }

    private static IEnumerable<Finding> FindFirstKey(Settings settings)
    {
        if (!string.IsNullOrEmpty(settings.FirstKeyFile) && File.Exists(settings.FirstKeyFile))
        {
            yield return Finding.Warning(
                Check,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The first admin key is still in {settings.FirstKeyFile}, written on {File.GetLastWriteTimeUtc(settings.FirstKeyFile):yyyy-MM-dd}."
                ),
                "Store it in a password manager, create a key for each administrator, and delete the file."
            );
        }
    }

    private static bool IsReadableByOthers(string file) =>
        !OperatingSystem.IsWindows()
        && (File.GetUnixFileMode(file) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != UnixFileMode.None;
}
