using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace VoteTracker.Endpoints.Contract;

/// <summary>Reads the comments of the source from the XML file that is published with the program.</summary>
internal static partial class XmlComments
{
    private static readonly Lazy<Dictionary<string, XElement>> Members = new(() =>
        XDocument
            .Load(Path.Combine(AppContext.BaseDirectory, $"{typeof(XmlComments).Assembly.GetName().Name}.xml"))
            .Descendants("member")
            .ToDictionary(m => m.Attribute("name")!.Value, StringComparer.Ordinal)
    );

    /// <summary>The comment of a type; empty if there is none.</summary>
    public static string Find(Type type, string element = "summary") => Find($"T:{type.FullName}", element);

    /// <summary>The comment of a property.</summary>
    public static string Find(PropertyInfo property, string element = "summary") =>
        Find($"P:{property.DeclaringType!.FullName}.{property.Name}", element);

    /// <summary>The comment of a member of an enum.</summary>
    public static string FindWord(Type type, string name) => Find($"F:{type.FullName}.{name}", "summary");

    private static string Find(string member, string element) =>
        Members.Value.GetValueOrDefault(member)?.Element(element) is { } comment
            ? Blanks().Replace(comment.Value.Trim(), " ")
            : "";

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}
