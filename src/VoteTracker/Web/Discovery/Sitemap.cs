using System.Globalization;
using System.Text;
using System.Xml;
using VoteTracker.Localization;

namespace VoteTracker.Web.Discovery;

/// <summary>A page in the site map.</summary>
internal readonly record struct SitemapPage(string Path, DateTimeOffset? ChangedAt)
{
    /// <summary>Whether its text exists in English alone, so that it has no addresses in other languages.</summary>
    public bool IsEnglish { get; init; }
}

/// <summary>Writes site maps (sitemaps.org, protocol 0.9), with the address of each page in each of its languages.</summary>
internal static class Sitemap
{
    /// <summary>
    /// The largest number of pages in a file. The protocol allows 50,000 addresses and 50 MB; a page has about 900 bytes.
    /// </summary>
    public const int MaxPages = 10_000;

    private const string Namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private const string Html = "http://www.w3.org/1999/xhtml";

    /// <summary>
    /// The file of a part, counted from 1. Without a part, it is the file with all pages, or the index of the parts if the
    /// pages do not fit into one file. Null if there is no such part.
    /// </summary>
    public static byte[]? Write(string origin, IReadOnlyList<SitemapPage> pages, int? part, int maxPages = MaxPages)
    {
        var parts = (pages.Count + maxPages - 1) / maxPages;
        return part is null && parts > 1 ? WriteIndex(origin, parts)
            : part is < 1 || part > parts ? null
            : WritePages(origin, pages.Skip(((part ?? 1) - 1) * maxPages).Take(maxPages));
    }

    private static byte[] WriteIndex(string origin, int parts) =>
        WriteXml(xml =>
        {
            xml.WriteStartElement("sitemapindex", Namespace);
            for (var part = 1; part <= parts; part++)
            {
                xml.WriteStartElement("sitemap", Namespace);
                xml.WriteElementString(
                    "loc",
                    Namespace,
                    string.Create(CultureInfo.InvariantCulture, $"{origin}/sitemap.xml?part={part}")
                );
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        });

    private static byte[] WritePages(string origin, IEnumerable<SitemapPage> pages) =>
        WriteXml(xml =>
        {
            xml.WriteStartElement("urlset", Namespace);
            xml.WriteAttributeString("xmlns", "xhtml", null, Html);
            foreach (var page in pages)
            {
                xml.WriteStartElement("url", Namespace);
                xml.WriteElementString("loc", Namespace, $"{origin}{page.Path}");
                if (page.ChangedAt is { } changed)
                {
                    xml.WriteElementString(
                        "lastmod",
                        Namespace,
                        changed.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
                    );
                }
                foreach (var language in Language.All.Where(l => l.HasTexts && !page.IsEnglish))
                {
                    xml.WriteStartElement("link", Html);
                    xml.WriteAttributeString("rel", "alternate");
                    xml.WriteAttributeString("hreflang", language.Code);
                    xml.WriteAttributeString("href", $"{origin}{page.Path}?lang={language.Code}");
                    xml.WriteEndElement();
                }
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        });

    private static byte[] WriteXml(Action<XmlWriter> write)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            write(xml);
        }
        return stream.ToArray();
    }
}
