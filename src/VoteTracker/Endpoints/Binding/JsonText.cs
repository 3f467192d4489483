using System.Text.Json;
using System.Text.Unicode;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Endpoints.Binding;

/// <summary>Checks the syntax of JSON, without the meaning of its fields.</summary>
internal static class JsonText
{
    /// <summary>
    /// A <see cref="ProblemException"/> with 400 if it is malformed, too deep, not Unicode, or has a field twice in one object
    /// (compared without case).
    /// </summary>
    public static void Check(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Json.Bodies.MaxDepth });
        var names = new Stack<HashSet<string>>();
        var field = "body";
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject:
                        names.Push(new HashSet<string>(StringComparer.OrdinalIgnoreCase));
                        break;
                    case JsonTokenType.EndObject:
                        names.Pop();
                        break;
                    case JsonTokenType.PropertyName:
                        var name = reader.GetString()!;
                        field = names.Count == 1 ? SafeText.Show(name) : field;
                        if (!names.Peek().Add(name))
                        {
                            throw new ProblemException(
                                Problems.Invalid(
                                    field,
                                    names.Count == 1 ? "is named twice" : "has a field that is named twice"
                                )
                            );
                        }
                        break;
                    case JsonTokenType.String:
                        // Reading the text finds half a surrogate pair.
                        _ = reader.GetString();
                        break;
                }
            }
        }
        catch (JsonException exception)
        {
            // The message about a body that ends too early also mentions depth: "expected depth to be zero".
            var deep = exception.Message.Contains("maximum", StringComparison.OrdinalIgnoreCase);
            throw new ProblemException(
                Problems.Invalid("body", deep ? "is nested too deep" : "must be a JSON object, well formed")
            );
        }
        catch (InvalidOperationException)
        {
            throw new ProblemException(
                Problems.Invalid(
                    field,
                    Utf8.IsValid(json)
                        ? "must be Unicode text; it has half of a surrogate pair"
                        : "must be UTF-8; it has bytes of another encoding, such as ISO 8859-1"
                )
            );
        }
    }
}
