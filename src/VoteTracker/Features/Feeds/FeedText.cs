using System.Security.Cryptography;
using System.Text;
using System.Xml;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Localization;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Feeds;

/// <summary>Writes the feed as Atom (RFC 4287). The same entries have the same text.</summary>
internal sealed class FeedText(string database, string address, Language language)
{
    private const string Namespace = "http://www.w3.org/2005/Atom";

    private string Suffix => language == Language.English ? "" : $"?lang={language.Code}";

    /// <summary>Writes the entries.</summary>
    /// <param name="entries">The entries, the newest first.</param>
    /// <param name="began">The moment at which the database began, for a feed without entries.</param>
    public byte[] Write(IReadOnlyList<FeedEntry> entries, DateTimeOffset began)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement("feed", Namespace);
            xml.WriteAttributeString("xml", "lang", null, language.Code);
            xml.WriteElementString("id", Namespace, CreateId("feed"));
            xml.WriteElementString("title", Namespace, language.Text("feed.title"));
            xml.WriteElementString("updated", Namespace, Moments.Text(entries.Count == 0 ? began : entries[0].At));
            WriteLink(xml, "self", "application/atom+xml", $"{address}/v1/feed.atom{Suffix}");
            WriteLink(xml, "alternate", "text/html", $"{address}/{Suffix}");
            xml.WriteStartElement("author", Namespace);
            xml.WriteElementString("name", Namespace, "VoteTracker");
            xml.WriteEndElement();
            foreach (var entry in entries)
            {
                WriteEntry(xml, entry);
            }
            xml.WriteEndElement();
        }
        return stream.ToArray();
    }

    private void WriteEntry(XmlWriter xml, FeedEntry entry)
    {
        var word = EnumWord<FeedEvent>.ToWord(entry.Event);
        var name = Clean(entry.Symbol ?? entry.Title);
        xml.WriteStartElement("entry", Namespace);
        xml.WriteElementString("id", Namespace, CreateId($"{word} {entry.Resolution} {entry.Key}"));
        xml.WriteElementString("title", Namespace, language.Text($"feed.{word}", ("resolution", name)));
        xml.WriteElementString("published", Namespace, Moments.Text(entry.PublishedAt));
        xml.WriteElementString("updated", Namespace, Moments.Text(entry.At));
        WriteLink(xml, "alternate", "text/html", $"{address}/resolutions/{entry.Resolution}{Suffix}");
        xml.WriteStartElement("category", Namespace);
        xml.WriteAttributeString("term", word);
        xml.WriteEndElement();
        var title = entry.Symbol is null ? null : Clean(entry.Title);
        var sentence = entry.Sentence is { } counted ? language.Sentence(counted) : null;
        xml.WriteElementString("summary", Namespace, string.Join('\n', new[] { title, sentence }.OfType<string>()));
        xml.WriteEndElement();
    }

    private static void WriteLink(XmlWriter xml, string relation, string type, string href)
    {
        xml.WriteStartElement("link", Namespace);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", href);
        xml.WriteEndElement();
    }

    // A UUID of the content (RFC 9562, version 8), so that an id depends on neither the host nor the language.
    private string CreateId(string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{database} {name}"))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return $"urn:uuid:{new Guid(bytes, bigEndian: true):D}";
    }

    // XML cannot contain most control characters, not even escaped.
    private static string Clean(string text) => text.All(XmlConvert.IsXmlChar) ? text : CleanSlowly(text);

    private static string CleanSlowly(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value))
            {
                clean.Append(rune);
            }
        }
        return clean.ToString();
    }
}
