using System.Globalization;
using System.Text;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Exports.Formats;

namespace VoteTracker.Features.Exports.Packages;

/// <summary>What people read of a data package: what is in it, and how to cite it.</summary>
internal static class PackageReadme
{
    public static string Text(PackageTitle title, IReadOnlyList<PackagedFile> files)
    {
        var text = new StringBuilder();
        text.Append(
            $"""
            # {title.Title}

            {title.Description}

            As of {Moments.Text(title.AsOf)}, version {title.Version}. {Again(title)}

            ## Files

            | file | rows | bytes | SHA-256 |
            |---|---|---|---|

            """
        );
        foreach (var file in files)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{file.Path}` | {file.Rows} | {file.Bytes} | {file.Sha256} |\n"
            );
        }
        text.Append(
            """

            `datapackage.json` describes them for Frictionless Data, `csv-metadata.json` for CSV on the Web,
            `CITATION.txt` says how to cite them.

            CSV after RFC 4180: UTF-8 without a byte order mark, commas, CRLF, a header. An empty field: not known, or
            none; never a zero. Days are New York's, moments UTC. A text that begins with = + - @, a tab or a carriage
            return has a ' before it, so that no spreadsheet takes it for a formula. What was expected and what was
            recorded never share a column. Groups are today's groups: for a vote of the past they are a reading aid.
            `NA` in `iso2` is Namibia, which R and pandas take for a missing value unless told that only an empty field
            is one (`na.strings = ""`, `keep_default_na=False`).

            ## Terms


            """
        );
        foreach (var owner in files.GroupBy(file => file.Table.Owner).OrderBy(group => group.Key))
        {
            var terms = TermsOfUse.ForOwner(owner.Key);
            text.Append($"- {string.Join(", ", owner.Select(file => $"`{file.Path}`"))}: {terms.Title}");
            text.Append(terms.Path is { } path ? $" (<{path}>).\n" : ".\n");
        }
        text.Append("\n## Data dictionary\n");
        foreach (var file in files)
        {
            var described = Table.All.FirstOrDefault(table => table.Name == file.Table.Name) ?? file.Table;
            text.Append('\n').Append(DataDictionary.Markdown(described with { Owner = file.Table.Owner }, level: 3));
        }
        return text.ToString();
    }

    private static string Again(PackageTitle title) =>
        title.Repeatable
            ? $"`GET {title.Address}` answers these bytes again."
            : $"`GET {title.Address}` answers what stands when it is asked; with a key, `asOf` answers a moment of the past.";

    public static string Citation(PackageTitle title, IReadOnlyList<PackagedFile> files)
    {
        var text = new StringBuilder();
        text.Append(
            $"""
            Suggested citation

            VoteTracker. {title.Title}. Version {title.Version}, as of {Moments.Text(title.AsOf)}. Data package.
            {title.Address}

            """
        );
        if (files.Any(file => file.Table.Owner == Owner.Record))
        {
            var terms = TermsOfUse.ForOwner(Owner.Record);
            text.Append(
                $"""

                The recorded votes, with it
                {terms.Source}. {terms.Path}
                {terms.Title}.

                """
            );
        }
        return text.ToString();
    }
}
