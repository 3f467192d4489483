using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace VoteTracker.Localization;

/// <summary>
/// The messages of one language, from the JSON files in its folder. A message is a text with placeholders such as `{n}`. A
/// message that depends on a number is an object with a text for each plural category.
/// </summary>
internal sealed class Messages
{
    private const string Folder = "Localization/";

    private readonly Dictionary<string, Dictionary<string, string>> _items = new(StringComparer.Ordinal);

    private Messages() { }

    /// <summary>The keys.</summary>
    public IReadOnlyCollection<string> Keys => _items.Keys;

    /// <summary>The texts of a message by plural category; the category is empty if it does not depend on a number.</summary>
    public IReadOnlyDictionary<string, string>? Find(string key) => _items.GetValueOrDefault(key);

    /// <summary>Loads the files of a language.</summary>
    public static Messages Load(LanguageCode language)
    {
        var messages = new Messages();
        var assembly = Assembly.GetExecutingAssembly();
        var folder = $"{Folder}{Language.CodeOf(language)}/";
        foreach (
            var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(folder, StringComparison.Ordinal))
        )
        {
            using var file = assembly.GetManifestResourceStream(name)!;
            using var json = JsonDocument.Parse(
                file,
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowDuplicateProperties = false }
            );
            foreach (var message in json.RootElement.EnumerateObject())
            {
                messages._items.Add(message.Name, Texts(message.Value));
            }
        }
        return messages;
    }

    /// <summary>Replaces the placeholders of a text. Numbers have no separators, because counts have at most four digits.</summary>
    public static string Fill(string text, ReadOnlySpan<(string Name, object Value)> values)
    {
        if (values.Length == 0)
        {
            return text;
        }
        var filled = new StringBuilder(text);
        foreach (var (name, value) in values)
        {
            filled.Replace($"{{{name}}}", Convert.ToString(value, CultureInfo.InvariantCulture));
        }
        return filled.ToString();
    }

    private static Dictionary<string, string> Texts(JsonElement message) =>
        message.ValueKind == JsonValueKind.String
            ? new Dictionary<string, string>(StringComparer.Ordinal) { [""] = message.GetString()! }
            : message.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal);
}
