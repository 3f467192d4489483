namespace VoteTracker.Web.Organisation;

/// <summary>A page that continues at another address, at once and with a link.</summary>
/// <param name="Text">The message that says what happened.</param>
/// <param name="Link">The message of the link.</param>
/// <param name="Address">The address.</param>
public sealed record ContinueModel(string Text, string Link, string Address);
