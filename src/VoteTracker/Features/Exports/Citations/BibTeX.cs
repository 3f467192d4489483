using System.Globalization;
using System.Text;
using VoteTracker.Endpoints.Binding;

namespace VoteTracker.Features.Exports.Citations;

/// <summary>A citation in BibTeX: an entry for the data and, if recorded votes are in them, one for their source.</summary>
internal static class BibTeX
{
    public const string MediaType = "application/x-bibtex";

    public static string Write(Citation citation)
    {
        var day = citation.AsOf.UtcDateTime;
        var text = new StringBuilder();
        WriteEntry(
            text,
            citation.Key,
            ("author", Braced(Citation.Author)),
            ("title", Braced(citation.Title)),
            ("year", $"{{{day.Year.ToString("0000", CultureInfo.InvariantCulture)}}}"),
            // BibTeX defines the names of the months.
            ("month", day.ToString("MMM", CultureInfo.InvariantCulture).ToLowerInvariant()),
            ("version", $"{{{Escape(citation.Version)}}}"),
            ("note", $"{{Data package, as of {Escape(Moments.Text(citation.AsOf))}}}"),
            ("url", $"{{{citation.Address}}}")
        );
        if (citation.HasRecord)
        {
            WriteEntry(
                text.Append('\n'),
                "un-general-assembly-voting-data",
                ("author", Braced(Citation.Record.Source)),
                ("title", Braced("General Assembly Voting Data")),
                ("note", $"{{{Escape(Citation.Record.Title)}}}"),
                ("url", $"{{{Citation.Record.Path}}}")
            );
        }
        return text.ToString();
    }

    private static void WriteEntry(
        StringBuilder text,
        string key,
        params ReadOnlySpan<(string Name, string Value)> fields
    )
    {
        text.Append($"@misc{{{key}");
        foreach (var (name, value) in fields)
        {
            text.Append($",\n  {name} = {value}");
        }
        text.Append("\n}\n");
    }

    // The inner braces keep the case of a title, and the comma of an author.
    private static string Braced(string text) => $"{{{{{Escape(text)}}}}}";

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c switch
            {
                // Braces must be balanced, even escaped ones.
                '{' => escaped.Append("\\textbraceleft{}"),
                '}' => escaped.Append("\\textbraceright{}"),
                '\\' => escaped.Append("\\textbackslash{}"),
                '~' => escaped.Append("\\textasciitilde{}"),
                '^' => escaped.Append("\\textasciicircum{}"),
                '%' or '&' or '#' or '$' or '_' => escaped.Append('\\').Append(c),
                _ when char.IsWhiteSpace(c) || char.IsControl(c) => escaped.Append(' '),
                _ => escaped.Append(c),
            };
        }
        return escaped.ToString();
    }
}
