using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace VoteTracker.Database;

/// <summary>One change of the schema. Its version is the number that its file name begins with.</summary>
internal sealed record Migration(int Version, string Name, string Sql);

/// <summary>
/// The migrations of this program, in ascending order. The numbers run from 1 without a gap, except
/// <see cref="Gaps"/>.
/// </summary>
internal static partial class MigrationList
{
    /// <summary>The numbers that no migration has or will have. Release 1.0.0 had no file 0006.</summary>
    public static readonly IReadOnlyList<int> Gaps = [6];

    /// <summary>Loads the files of one engine from the program.</summary>
    public static IReadOnlyList<Migration> Load(string engine)
    {
        var folder = $"VoteTracker.Database.Migrations.{engine}.";
        var assembly = Assembly.GetExecutingAssembly();
        return Parse(
            assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
                .Select(name =>
                {
                    using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                    return (name[folder.Length..], reader.ReadToEnd());
                })
        );
    }

    /// <summary>Reads the numbers from the file names, and rejects a list that breaks the rules of numbering.</summary>
    /// <exception cref="BuildFaultException">A name is malformed, or its number is a duplicate, in a gap or too high.</exception>
    public static IReadOnlyList<Migration> Parse(IEnumerable<(string Name, string Sql)> files)
    {
        List<Migration> migrations = [];
        foreach (var (name, sql) in files.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            var version = VersionOf(name);
            var previous = migrations.LastOrDefault();
            var next = Next(previous?.Version ?? 0);
            if (Gaps.Contains(version))
            {
                throw new BuildFaultException(
                    $"The migration {name} has the number {version:0000}, which must stay unused."
                );
            }
            if (version == previous?.Version)
            {
                throw new BuildFaultException(
                    $"The migrations {previous.Name} and {name} have the same number {version:0000}."
                );
            }
            if (version != next)
            {
                throw new BuildFaultException($"The migration {next:0000} is missing before {name}.");
            }
            migrations.Add(new Migration(version, name, sql));
        }
        return migrations.Count > 0 ? migrations : throw new BuildFaultException("There are no migrations.");
    }

    private static int Next(int version)
    {
        do
        {
            version++;
        } while (Gaps.Contains(version));
        return version;
    }

    private static int VersionOf(string name) =>
        FileName().Match(name) is { Success: true } match
            ? int.Parse(match.Groups["version"].ValueSpan, CultureInfo.InvariantCulture)
            : throw new BuildFaultException(
                $"The migration {name} must be named like 0001-a-few-words.sql: four digits from 0001, lower-case words, hyphens."
            );

    [GeneratedRegex(
        @"^(?!0000)(?<version>[0-9]{4})(-[a-z0-9]+)+\.sql\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex FileName();
}

/// <summary>The program was built from files that do not fit together. No setting and no database can correct that.</summary>
internal sealed class BuildFaultException(string message)
    : Exception($"This build of VoteTracker is faulty and does not start. {message}");
