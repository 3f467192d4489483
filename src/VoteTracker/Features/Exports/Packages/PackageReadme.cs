using System.Globalization;
using System.Text;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Exports.Citations;
using VoteTracker.Features.Exports.Formats;

namespace VoteTracker.Features.Exports.Packages;

/// <summary>The README of a data package: its content, and how to read and cite it.</summary>
internal static class PackageReadme
{
    public static string Write(PackageTitle title, IReadOnlyList<PackagedFile> files)
    {
        var text = new StringBuilder();
        text.Append(
            $"""
            # {title.Title}

            {title.Description}

            As of {Moments.Text(title.AsOf)}, version {title.Version}. {HowToGetAgain(title)}

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

            `datapackage.json` describes them for Frictionless Data, `csv-metadata.json` for CSV on the Web.
            `CITATION.txt`, `CITATION.bib` (BibTeX) and `CITATION.cff` (Citation File Format) are the suggested citation.

            ## Format

            CSV as in RFC 4180: UTF-8 without a byte order mark, commas, CRLF, a header. An empty field means not known,
            or none; it is never a zero. Days are days in New York, moments are UTC. Free text that begins with = + - @,
            a tab or a carriage return has a ' before it, so that no spreadsheet reads it as a formula. Expected
            positions and recorded votes never share a column. Groups are the groups of today, also for past votes.

            Statistics programs misread two codes by default. `NA` in `iso2` is Namibia, and not a missing value. The
            codes in `m49` are text, because leading zeros count (`004`). These lines read both correctly:

            - R: `read.csv("FILE.csv", na.strings = "", colClasses = c(m49 = "character"), encoding = "UTF-8")`
            - Python, pandas: `pandas.read_csv("FILE.csv", keep_default_na=False, na_values=[""], dtype={"m49": "string"})`

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

    private static string HowToGetAgain(PackageTitle title) =>
        title.IsReproducible
            ? $"`GET {title.PublicAddress}` returns the same bytes."
            : $"`GET {title.PublicAddress}` returns the current state; with a key and `asOf`, a past state.";

    /// <summary>The suggested citation of a package.</summary>
    public static Citation Cite(PackageTitle title, IReadOnlyList<PackagedFile> files) =>
        new()
        {
            Name = title.Name,
            Title = title.Title,
            Description = title.Description,
            Version = title.Version,
            AsOf = title.AsOf,
            Address = title.PublicAddress,
            HasRecord = files.Any(file => file.Table.Owner == Owner.Record),
        };
}
