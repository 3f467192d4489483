using System.Text.Json.Nodes;
using VoteTracker.Endpoints.Binding;

namespace VoteTracker.Endpoints.Contract;

/// <summary>The words of an enum whose type is known only at run time.</summary>
internal static class EnumWordList
{
    public static IEnumerable<JsonNode> ListWords(Type type) => AcceptedWords.All(type).Select(word => (JsonNode)word);
}
