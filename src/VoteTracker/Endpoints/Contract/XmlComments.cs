using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace VoteTracker.Endpoints.Contract;

/// <summary>The comments of the source, which travel beside the program as XML: what is said of a type or a property once.</summary>
internal static partial class XmlComments
{
    private static readonly Lazy<Dictionary<string, XElement>> Members = new(() =>
        XDocument
            .Load(Path.Combine(AppContext.BaseDirectory, $"{typeof(XmlComments).Assembly.GetName().Name}.xml"))
            .Descendants("member")
            .ToDictionary(m => m.Attribute("name")!.Value, StringComparer.Ordinal)
    );

    /// <summary>What is said of a type; empty where nothing is.</summary>
    public static string Find(Type type, string element = "summary") => Find($"T:{type.FullName}", element);

    /// <summary>What is said of a property.</summary>
    public static string Find(PropertyInfo property, string element = "summary") =>
        Find($"P:{property.DeclaringType!.FullName}.{property.Name}", element);

    /// <summary>What is said of a member of an enum.</summary>
    public static string OfWord(Type type, string name) => Find($"F:{type.FullName}.{name}", "summary");

    private static string Find(string member, string element) =>
        Members.Value.GetValueOrDefault(member)?.Element(element) is { } comment
            ? Blanks().Replace(comment.Value.Trim(), " ")
            : "";

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}
