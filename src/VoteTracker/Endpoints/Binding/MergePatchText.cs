namespace VoteTracker.Endpoints.Binding;

/// <summary>The text that describes a merge patch in the contract.</summary>
internal static class MergePatchText
{
    public const string Description =
        "A JSON merge patch (RFC 7396): named fields are set, null clears a field, and the other fields keep their values.";
}
