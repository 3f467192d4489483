namespace VoteTracker.Endpoints.Binding;

/// <summary>
/// Marks a field that a response leaves out for callers that may not see it. The contract therefore does not require it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RestrictedAttribute : Attribute;
